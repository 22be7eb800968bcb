import type { CustomerHistory } from '@segue/models';
import { loadRules } from '../catalogue-store/catalogue-revisions.js';
import { readHistories } from '../events/read-histories.js';
import { readSnapshot, readSnapshotHeader } from '../snapshots/history-snapshot.js';
import type { Store } from '../store/store.js';

/** The events a model is trained on, wherever they come from. */
export type TrainEvents = {
  readonly histories: () => AsyncIterable<CustomerHistory>;
  /** Time of the first and the last event. */
  readonly window: { readonly from: Date; readonly to: Date };
  /** What events don't tell of the actions. */
  readonly actions: readonly { readonly actionId: string; readonly tags: readonly string[] }[];
};

/** @throws Error that says what to do where there are no events */
export async function eventsOfStore(store: Store): Promise<TrainEvents> {
  const actions = (await loadRules(store))?.catalogue.actions ?? [];
  return {
    histories: () => readHistories(store),
    window: await eventsWindow(store),
    actions: actions.map(({ actionId, tags }) => ({ actionId, tags })),
  };
}

/** @throws SnapshotProblem where the file is none of ours */
export async function eventsOfSnapshot(file: string): Promise<TrainEvents> {
  const { window, actions } = await readSnapshotHeader(file);
  return { histories: () => readSnapshot(file), window, actions };
}

/** Time of the first and the last event. @throws Error that says what to do where there are none */
export async function eventsWindow(store: Store): Promise<TrainEvents['window']> {
  const end = (direction: 1 | -1) =>
    store.events.findOne({}, { timestamp: 1 }).sort({ timestamp: direction }).lean();
  const [oldest, newest] = await Promise.all([end(1), end(-1)]);
  if (oldest === null || newest === null) {
    throw new Error('There are no events to train on. Import orders (npm run import) or send events first.');
  }
  return { from: oldest.timestamp, to: newest.timestamp };
}
