import { join } from 'node:path';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runTrainCommand } from '../train/train-command.js';

const stop = new AbortController();
const onSignal = () => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

process.exitCode = await runTrainCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  withDatabase: (work) => withDatabase(process.env, (line) => void process.stderr.write(`${line}\n`), work),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  now: Date.now,
});
