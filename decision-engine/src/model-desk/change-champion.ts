import { judgeVersion, putPointer, versionsIn } from '../model-store/change-pointer.js';
import { fetchVersion } from '../model-store/published-models.js';
import { type ModelName, promoted, readPointer } from '../scoring/champions.js';
import type { ModelPlace } from './model-place.js';

export type ChampionChange =
  /** `reason` is what the gate said. */
  | {
      readonly kind: 'changed';
      readonly version: string;
      readonly before: string | null;
      readonly reason: string;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unknown-version' }
  /** The gate said no, and it was not forced. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No version was in force before, so there is none to go back to; or none is in force at all. */
  | { readonly kind: 'nothing-before' };

type Wanted = { readonly name: ModelName; readonly version: string };

/** Puts a version in force, unless the gate refuses it. Running engines take it within a second. */
export async function promoteVersion(
  place: ModelPlace,
  { name, version, force }: Wanted & { readonly force: boolean },
  at: Date,
): Promise<ChampionChange> {
  const { modelsFolder } = place;
  if (!(await isThere(place, { name, version }))) return { kind: 'unknown-version' };
  const pointer = await readPointer(modelsFolder, name);
  if (pointer?.version === version) return { kind: 'unchanged' };
  const { promote, reason } = await judgeVersion({ modelsFolder, name, version }, pointer);
  if (!promote && !force) return { kind: 'refused', reason };
  await putPointer(place.connection, { modelsFolder, name }, promoted(pointer, version, at));
  return { kind: 'changed', version, before: pointer?.version ?? null, reason };
}

/** Puts the version that was in force before in force again. The gate is not asked: it has served already. */
export async function rollBackModel(place: ModelPlace, name: ModelName, at: Date): Promise<ChampionChange> {
  const { modelsFolder } = place;
  const pointer = await readPointer(modelsFolder, name);
  const version = pointer?.before.at(-1);
  if (pointer === null || version === undefined) return { kind: 'nothing-before' };
  if (!(await isThere(place, { name, version }))) return { kind: 'unknown-version' };
  const next = { ...pointer, version, before: pointer.before.slice(0, -1), at };
  await putPointer(place.connection, { modelsFolder, name }, next);
  return { kind: 'changed', version, before: pointer.version, reason: 'it was in force before' };
}

/** Lets a version score beside the one in force, or with null ends that. */
export async function setShadow(
  place: ModelPlace,
  { name, version }: { readonly name: ModelName; readonly version: string | null },
  at: Date,
): Promise<ChampionChange> {
  const { modelsFolder } = place;
  const pointer = await readPointer(modelsFolder, name);
  if (pointer === null) return { kind: 'nothing-before' };
  if (version !== null && !(await isThere(place, { name, version }))) return { kind: 'unknown-version' };
  if (pointer.shadow === version || pointer.version === version) return { kind: 'unchanged' };
  await putPointer(place.connection, { modelsFolder, name }, { ...pointer, shadow: version, at });
  return {
    kind: 'changed',
    version: pointer.version,
    before: pointer.version,
    reason: 'its scores are kept, and never used',
  };
}

/** Whether this machine or the store has the version; it is in the folder then. */
async function isThere(
  { connection, modelsFolder }: ModelPlace,
  { name, version }: Wanted,
): Promise<boolean> {
  if ((await versionsIn(modelsFolder, name)).includes(version)) return true;
  return fetchVersion(connection, { modelsFolder, name, version }).then(
    () => true,
    () => false,
  );
}
