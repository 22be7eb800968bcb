import type { Engine } from '../engine/engine.js';
import type { MergeDocument } from './merge-document.js';
import { undoMerge } from './undo-merge.js';

/** How long one may be at it before another thinks that it died. */
const LEASE_MS = 60_000;

type Worker = Pick<Engine, 'store' | 'clock'> & Partial<Pick<Engine, 'live'>>;

export type Undoing = {
  readonly mergeId: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly reason: string;
};

/** Marks a merge as being undone, unless it is already. From then on it comes to its end, whatever happens to this process. */
export async function beginUndoing(
  { store, clock }: Worker,
  { mergeId, by, reason }: Undoing,
): Promise<void> {
  await store.merges.updateOne(
    { _id: mergeId, state: 'merged' },
    { $set: { state: 'undoing', dueAt: clock(), undoneBy: by, reason } },
  );
}

/** Goes on with merges that are being undone and that nobody is at. @returns how many came to their end */
export async function finishUndoing({ store, clock, live }: Worker): Promise<number> {
  for (let done = 0; ; done++) {
    const now = clock();
    const due = { state: 'undoing' as const, dueAt: { $lte: now } };
    const merge = await store.merges.findOne(due).sort({ dueAt: 1 }).lean<MergeDocument | null>();
    if (merge === null) return done;
    const taken = await store.merges.updateOne(
      { ...due, _id: merge._id },
      { $set: { dueAt: new Date(now.getTime() + LEASE_MS) } },
    );
    if (taken.matchedCount === 0) continue;
    const { absorbedId, holderId } = await undoMerge(store, merge, now);
    live?.inboxChanged([absorbedId, holderId]);
  }
}
