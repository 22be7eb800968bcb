import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runRetrainCommand } from '../drift/retrain-command.js';
import { readChampion } from '../scoring/champions.js';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { trainByCommand } from '../train/train-command.js';
import { say } from './run-with-store.js';
import { stopOnSignal } from './stop-on-signal.js';

const modelsFolder = join(loadDatabaseConfig(process.env).dataFolder, 'models');
const signal = stopOnSignal();

process.exitCode = await runRetrainCommand({
  argv: process.argv.slice(2),
  modelsFolder,
  withDatabase: (work) =>
    withDatabase(process.env, say, (uri) =>
      work({
        withStore: (part) => withStore(uri, part),
        train: async (argv) => {
          const { code, result } = await trainByCommand({
            argv,
            modelsFolder,
            withDatabase: (part) => part(uri),
            // What `train` answers is not what `retrain` answers.
            stdout: new PassThrough().resume(),
            stderr: process.stderr,
            signal,
            now: Date.now,
          });
          return { code, version: result?.version ?? null };
        },
      }),
    ),
  champion: (model) => readChampion(modelsFolder, model),
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
});
