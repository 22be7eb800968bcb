import { join } from 'node:path';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runTrainCommand } from '../train/train-command.js';
import { say } from './run-with-store.js';
import { stopOnSignal } from './stop-on-signal.js';

process.exitCode = await runTrainCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  withDatabase: (work) => withDatabase(process.env, say, work),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopOnSignal(),
  now: Date.now,
});
