import { createHash } from 'node:crypto';
import { identityKey } from '../customers/identity.js';
import { perStore } from '../store/per-store.js';
import { CONFLICT_SCHEMA_VERSION, type ConflictDocument } from './conflict-document.js';

export type SeenConflict = Omit<ConflictDocument, '_id' | 'schemaVersion'>;

/** A shared computer brings the same conflict with each of its events: this process writes it once. */
const seenOf = perStore(() => new Set<string>());
const MOST_REMEMBERED = 10_000;

function idOf({ customerId, otherId, identity }: SeenConflict): string {
  const digest = createHash('sha256').update(`${customerId} ${otherId} ${identityKey(identity)}`);
  return `cfl_${digest.digest('base64url').slice(0, 22)}`;
}

/** Keeps conflicts for people to look at. Told twice it is there once. */
export async function recordConflicts(
  store: Parameters<typeof seenOf>[0],
  conflicts: readonly SeenConflict[],
): Promise<void> {
  const seen = seenOf(store);
  const fresh = new Map(conflicts.map((each) => [idOf(each), each] as const).filter(([id]) => !seen.has(id)));
  if (fresh.size === 0) return;
  await store.identityConflicts.bulkWrite(
    [...fresh].map(([_id, conflict]) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { schemaVersion: CONFLICT_SCHEMA_VERSION, ...conflict } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  if (seen.size > MOST_REMEMBERED) seen.clear();
  for (const id of fresh.keys()) seen.add(id);
}
