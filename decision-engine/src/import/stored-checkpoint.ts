import type { Store } from '../store/store.js';
import { type CheckpointPort, importCheckpointSchema } from './import-checkpoint.js';
import { IMPORT_SCHEMA_VERSION } from './import-document.js';

/** Keeps checkpoints in the collection `imports`. */
export function createStoredCheckpoints(store: Pick<Store, 'imports'>, now: () => Date): CheckpointPort {
  return {
    async load(key) {
      const document = await store.imports.findById(key).lean();
      return document ? importCheckpointSchema.parse(document.checkpoint) : undefined;
    },
    async save(key, checkpoint) {
      const fields = { schemaVersion: IMPORT_SCHEMA_VERSION, checkpoint, updatedAt: now() };
      await store.imports.updateOne({ _id: key }, { $set: fields }, { upsert: true });
    },
  };
}
