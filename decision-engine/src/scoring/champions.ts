import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** `survival` answers "gone by when", `value` what the coming year brings. */
export const MODEL_NAMES = ['churn', 'propensity', 'survival', 'value'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

const pointerSchema = z.object({
  format: z.literal(1),
  version: z.string().min(1),
  /** Versions in force before, the latest last: what a rollback goes back to. */
  before: z.array(z.string().min(1)).default([]),
  /** Scores beside the one in force; logged with decisions, never used. */
  shadow: z.string().min(1).nullable().default(null),
  /** When it was put in force; the later of two pointers counts. */
  at: z.coerce.date().default(new Date(0)),
});

/** Which version of a model is in force. */
export type ChampionPointer = Omit<z.output<typeof pointerSchema>, 'format'>;

/** As many rollbacks as anyone needs. */
const REMEMBERED = 10;

/** Where a version of a model lives. */
export function modelFolder(modelsFolder: string, name: ModelName, version: string): string {
  return path.join(modelsFolder, name, version);
}

function pointerFile(modelsFolder: string, name: ModelName): string {
  return path.join(modelsFolder, name, 'champion.json');
}

/** Null when none was promoted yet. @throws when the file isn't ours */
export async function readPointer(modelsFolder: string, name: ModelName): Promise<ChampionPointer | null> {
  const file = pointerFile(modelsFolder, name);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const { format: _, ...pointer } = pointerSchema.parse(JSON.parse(text));
  return pointer;
}

/** The version in force; null when none was promoted yet. @throws when the file isn't ours */
export async function readChampion(modelsFolder: string, name: ModelName): Promise<string | null> {
  return (await readPointer(modelsFolder, name))?.version ?? null;
}

/** Writes the pointer in one step: a reader sees the old one or the new one. */
export async function writePointer(
  modelsFolder: string,
  name: ModelName,
  pointer: ChampionPointer,
): Promise<void> {
  const file = pointerFile(modelsFolder, name);
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  await writeFile(draft, `${JSON.stringify({ format: 1, ...pointer })}\n`);
  await rename(draft, file);
}

/** The pointer after a version is put in force: the one before stays known for a rollback, a shadow that takes over ends. */
export function promoted(before: ChampionPointer | null, version: string, at: Date): ChampionPointer {
  if (before === null) return { version, before: [], shadow: null, at };
  const earlier = before.version === version ? before.before : [...before.before, before.version];
  return {
    version,
    before: earlier.filter((each) => each !== version).slice(-REMEMBERED),
    shadow: before.shadow === version ? null : before.shadow,
    at,
  };
}

/** Puts a version in force. */
export async function writeChampion(
  modelsFolder: string,
  champion: { readonly name: ModelName; readonly version: string },
  at: Date,
): Promise<ChampionPointer> {
  const { name, version } = champion;
  const pointer = promoted(await readPointer(modelsFolder, name), version, at);
  await writePointer(modelsFolder, name, pointer);
  return pointer;
}
