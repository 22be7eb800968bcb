import { runImportCommand } from '../import/import-command.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';

const stop = new AbortController();
const onSignal = () => {
  // Asked twice, it goes at once; the next run repairs what that leaves.
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

process.exitCode = await runImportCommand({
  argv: process.argv.slice(2),
  dataFolder: loadDatabaseConfig(process.env).dataFolder,
  withDatabase: (work) => withDatabase(process.env, (line) => void process.stderr.write(`${line}\n`), work),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  now: Date.now,
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
});
