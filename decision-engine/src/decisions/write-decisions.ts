import type { Store } from '../store/store.js';
import type { DecisionDocument } from './decision-document.js';

type DecisionWriter = (decision: DecisionDocument) => Promise<void>;

/** Decisions written with one command; a larger one would hold up those that come after. */
const MOST_AT_ONCE = 64;

type Waiting = {
  readonly decision: DecisionDocument;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Writes the decisions that are made while a write is under way with the next one: under load one command, one sync of
 * the store's log and one answer do for many. Nothing waits for company: an idle writer writes at once.
 */
function createDecisionWriter(store: Store): DecisionWriter {
  let waiting: Waiting[] = [];
  let writing = false;

  const writeOne = ({ decision, done, failed }: Waiting): Promise<void> =>
    store.decisions.insertMany([decision], { lean: true }).then(() => done(), failed);
  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) return writeOne(first);
    try {
      // Lean: a decision was made by us and needs no casting; copying its candidates for that took longer than writing it.
      await store.decisions.insertMany(
        batch.map(({ decision }) => decision),
        { lean: true, ordered: false },
      );
    } catch {
      const ids = batch.map(({ decision }) => decision._id);
      const kept = await store.decisions.find({ _id: { $in: ids } }, { _id: 1 }).lean();
      const known = new Set(kept.map(({ _id }) => _id));
      // What was not kept is tried by itself, so that one bad record is one failure.
      for (const each of batch) {
        if (known.has(each.decision._id)) each.done();
        else await writeOne(each);
      }
      return;
    }
    for (const { done } of batch) done();
  };
  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      await write(batch).catch((error: unknown) => {
        for (const { failed } of batch) failed(error);
      });
    }
    writing = false;
  };
  return (decision) =>
    new Promise((done, failed) => {
      waiting.push({ decision, done, failed });
      // Those made in this same turn of the event loop go together.
      if (!writing) queueMicrotask(() => writing || void drain());
    });
}

const writers = new WeakMap<Store, DecisionWriter>();

/** Keeps a decision; resolves once the store has it. @throws what the store says of this one */
export function writeDecision(store: Store, decision: DecisionDocument): Promise<void> {
  const writer = writers.get(store) ?? createDecisionWriter(store);
  writers.set(store, writer);
  return writer(decision);
}
