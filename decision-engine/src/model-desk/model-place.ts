import type { Connection } from 'mongoose';
import { versionsIn } from '../model-store/change-pointer.js';
import { modelCollections } from '../model-store/model-documents.js';
import { fetchVersion } from '../model-store/published-models.js';
import { type ModelName, readPointer } from '../scoring/champions.js';

/** Where models are kept: this machine's folder, and the store that shares them. */
export type ModelPlace = { readonly connection: Connection; readonly modelsFolder: string };

/** As many versions as a page lists. */
const LISTED = 20;

/** The newest versions, newest first, those of other machines too; each is in the folder afterwards. */
async function newestVersions({ connection, modelsFolder }: ModelPlace, name: ModelName): Promise<string[]> {
  const stored = await modelCollections(connection)
    .versions.find({ name }, { version: 1 })
    .sort({ version: -1 })
    .limit(LISTED)
    .lean();
  const here = await versionsIn(modelsFolder, name);
  const newest = [...new Set([...here, ...stored.map(({ version }) => version)])]
    .sort()
    .reverse()
    .slice(0, LISTED);
  for (const version of newest) {
    if (!here.includes(version)) await fetchVersion(connection, { modelsFolder, name, version });
  }
  return newest;
}

/** The pointer of a model and its newest versions. */
export async function standingOf(place: ModelPlace, name: ModelName) {
  const [pointer, versions] = [
    await readPointer(place.modelsFolder, name),
    await newestVersions(place, name),
  ];
  return { pointer, versions };
}
