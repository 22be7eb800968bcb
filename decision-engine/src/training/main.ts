import { z } from 'zod';
import { loadConfig } from '../config.js';
import { openStore } from '../store/store.js';
import { trainFirstModels } from './train-first-models.js';
import type { TrainingMessage } from './training-message.js';

// A process of its own: training keeps a core busy, and the engine has requests to answer.

const tell = (message: TrainingMessage): void => {
  process.send?.(message);
};
// The engine is gone: nobody waits for the result.
process.on('disconnect', () => process.exit(1));

const now = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .parse(process.argv[2]);
const config = loadConfig(process.env);
const store = await openStore(config.mongodbUri);
const results = await trainFirstModels({
  store,
  modelsFolder: config.modelsFolder,
  now,
  onProgress: (model, done) => tell({ type: 'progress', model, done }),
});
tell({ type: 'done', results });
await store.connection.close();
process.disconnect();
