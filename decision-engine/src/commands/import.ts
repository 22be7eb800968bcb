import { runImportCommand } from '../import/import-command.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { say } from './run-with-store.js';
import { stopOnSignal } from './stop-on-signal.js';

process.exitCode = await runImportCommand({
  argv: process.argv.slice(2),
  dataFolder: loadDatabaseConfig(process.env).dataFolder,
  withDatabase: (work) => withDatabase(process.env, say, work),
  stdout: process.stdout,
  stderr: process.stderr,
  // What going at once leaves half done, the next run repairs.
  signal: stopOnSignal(),
  now: Date.now,
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
});
