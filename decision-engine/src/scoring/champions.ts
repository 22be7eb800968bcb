import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export type ModelName = 'churn' | 'propensity';

const pointer = z.object({ format: z.literal(1), version: z.string().min(1) });

/** Where a version of a model lives. */
export function modelFolder(modelsFolder: string, name: ModelName, version: string): string {
  return path.join(modelsFolder, name, version);
}

function pointerFile(modelsFolder: string, name: ModelName): string {
  return path.join(modelsFolder, name, 'champion.json');
}

/** The version in force; null when none was promoted yet. @throws when the file isn't ours */
export async function readChampion(modelsFolder: string, name: ModelName): Promise<string | null> {
  const file = pointerFile(modelsFolder, name);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  return pointer.parse(JSON.parse(text)).version;
}

/** Puts a version in force, in one step: a reader sees the old one or the new one. */
export async function writeChampion(modelsFolder: string, name: ModelName, version: string): Promise<void> {
  const file = pointerFile(modelsFolder, name);
  await writeFile(`${file}.part`, `${JSON.stringify({ format: 1, version })}\n`);
  await rename(`${file}.part`, file);
}
