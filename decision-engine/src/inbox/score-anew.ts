import { readNote, writeNote } from '../store/notes.js';
import type { Store } from '../store/store.js';

/** Rises when scoring writes something it did not write before. */
const SCORES_VERSION = '2';
const NOTE = 'scores-version';

/** Marks all customers as not scored where an earlier version of Segue scored them. Repeating it changes nothing. */
export async function scoreAnewAfterUpdate(store: Store, now: Date): Promise<void> {
  if ((await readNote(store, NOTE)) === SCORES_VERSION) return;
  await store.customers.updateMany({ scoredAt: { $ne: null } }, { $set: { scoredAt: null } });
  await writeNote(store, { name: NOTE, text: SCORES_VERSION, at: now });
}
