import type { Connection } from 'mongoose';
import { type ChampionPointer, type ModelName, readPointer, writePointer } from '../scoring/champions.js';
import { fetchVersion, publishPointer, publishVersion } from './published-models.js';

/**
 * Brings the pointer of this machine's folder and that of the store together: the later one counts, and its version goes
 * to where it is missing. So a model promoted on one machine serves on all.
 *
 * @param stored what the store says, null where it has none
 * @returns the pointer in force; null where there is none
 */
export async function syncChampion(
  connection: Connection,
  { modelsFolder, name }: { readonly modelsFolder: string; readonly name: ModelName },
  stored: ChampionPointer | null,
): Promise<ChampionPointer | null> {
  const local = await readPointer(modelsFolder, name);
  if (local !== null && (stored === null || local.at > stored.at)) {
    for (const version of versionsOf(local)) {
      await publishVersion(connection, { modelsFolder, name, version }, local.at);
    }
    await publishPointer(connection, name, local);
    return local;
  }
  if (stored === null) return null;
  if (local === null || stored.at > local.at) {
    for (const version of versionsOf(stored)) await fetchVersion(connection, { modelsFolder, name, version });
    await writePointer(modelsFolder, name, stored);
  }
  return stored;
}

function versionsOf({ version, shadow }: ChampionPointer): string[] {
  return shadow === null ? [version] : [version, shadow];
}
