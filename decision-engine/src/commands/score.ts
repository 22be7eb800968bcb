import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScoreCommand } from '../score/score-command.js';
import { openStore } from '../store/store.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';

const stop = new AbortController();
const onSignal = () => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

process.exitCode = await runScoreCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  withStore: (work) =>
    withDatabase(
      process.env,
      (line) => void process.stderr.write(`${line}\n`),
      async (uri) => {
        const store = await openStore(uri);
        return work(store, uri).finally(() => store.connection.close());
      },
    ),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  now: Date.now,
  cores: availableParallelism(),
});
