import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScoreCommand } from '../score/score-command.js';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { say } from './run-with-store.js';
import { stopOnSignal } from './stop-on-signal.js';

process.exitCode = await runScoreCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  withStore: (work) => withDatabase(process.env, say, (uri) => withStore(uri, (store) => work(store, uri))),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopOnSignal(),
  now: Date.now,
  cores: availableParallelism(),
});
