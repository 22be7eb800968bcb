import { MODEL_NAMES, type ModelName } from '../scoring/champions.js';
import { readNote, writeNote } from '../store/notes.js';
import type { Store } from '../store/store.js';
import type { ModelDrift } from './model-drift.js';

const noteName = (model: ModelName) => `drift of ${model}`;

/** Keeps what was measured, for the console. */
export async function keepDrift(store: Store, drift: ModelDrift, at: Date): Promise<void> {
  await writeNote(store, { name: noteName(drift.model), text: JSON.stringify(drift), at });
}

/** What was measured last of each model, for the console; models that were never measured are left out. */
export async function latestDrift(store: Store): Promise<ModelDrift[]> {
  const notes = await Promise.all(MODEL_NAMES.map((model) => readNote(store, noteName(model))));
  // Written by `keepDrift` alone.
  return notes.flatMap((text) => (text === null ? [] : [JSON.parse(text) as ModelDrift]));
}
