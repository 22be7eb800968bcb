import { type BatchOutcome, inBatches } from '../store/in-batches.js';
import { nativeOf } from '../store/native-of.js';
import { perStore } from '../store/per-store.js';
import type { Store } from '../store/store.js';
import type { DecisionDocument } from './decision-document.js';

const MOST_AT_ONCE = 64;

/** Past mongoose: a decision was made by us and needs no casting; looking through its candidates took longer than writing it. */
async function insert(store: Store, decisions: readonly DecisionDocument[]): Promise<void> {
  await nativeOf(store.connection, store.decisions).insertMany([...decisions], { ordered: false });
}

async function insertAll(
  store: Store,
  decisions: readonly DecisionDocument[],
): Promise<readonly BatchOutcome<void>[]> {
  const kept = { ok: true, value: undefined } as const;
  try {
    await insert(store, decisions);
    return decisions.map(() => kept);
  } catch (error) {
    const [only] = decisions;
    if (decisions.length === 1 && only !== undefined) return [{ ok: false, error }];
  }
  const ids = decisions.map(({ _id }) => _id);
  const known = new Set(
    (await store.decisions.find({ _id: { $in: ids } }, { _id: 1 }).lean()).map(({ _id }) => _id),
  );
  const outcomes: BatchOutcome<void>[] = [];
  // What was not kept is tried by itself, so that one bad record is one failure.
  for (const decision of decisions) {
    if (known.has(decision._id)) outcomes.push(kept);
    else outcomes.push(...(await insertAll(store, [decision])));
  }
  return outcomes;
}

const writerOf = perStore((store) =>
  inBatches<DecisionDocument, void>({
    run: (decisions) => insertAll(store, decisions),
    mostAtOnce: MOST_AT_ONCE,
  }),
);

/** Keeps a decision; resolves once the store has it. @throws what the store says of this one */
export function writeDecision(store: Store, decision: DecisionDocument): Promise<void> {
  return writerOf(store)(decision);
}
