import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { judgePromotion, type PromotionVerdict, readManifest } from '@segue/models';
import type { Connection } from 'mongoose';
import { type ChampionPointer, type ModelName, modelFolder, writePointer } from '../scoring/champions.js';
import { publishPointer, publishVersion } from './published-models.js';

type Place = { readonly modelsFolder: string; readonly name: ModelName };

/** Versions in the folder by the time of training, oldest first: their names sort so. */
export async function versionsIn(modelsFolder: string, name: ModelName): Promise<string[]> {
  const entries = await readdir(path.join(modelsFolder, name), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.part'))
    .map((entry) => entry.name)
    .sort();
}

/** What the gate says of a version. @throws Error where its files are damaged */
export async function judgeVersion(
  { modelsFolder, name, version }: Place & { readonly version: string },
  pointer: ChampionPointer | null,
): Promise<PromotionVerdict> {
  const manifestOf = (which: string) => readManifest(modelFolder(modelsFolder, name, which));
  const challenger = await manifestOf(version);
  // A champion whose files are gone can't serve, so nothing is worse than it.
  const champion = pointer === null ? null : await manifestOf(pointer.version).catch(() => null);
  return judgePromotion(challenger, champion);
}

/** Writes the pointer here and to the store, with the versions it names. */
export async function putPointer(
  connection: Connection,
  { modelsFolder, name }: Place,
  pointer: ChampionPointer,
): Promise<void> {
  for (const version of [pointer.version, pointer.shadow]) {
    if (version !== null) await publishVersion(connection, { modelsFolder, name, version }, pointer.at);
  }
  await writePointer(modelsFolder, name, pointer);
  await publishPointer(connection, name, pointer);
}
