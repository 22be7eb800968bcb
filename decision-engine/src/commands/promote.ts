import { join } from 'node:path';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runPromoteCommand } from '../train/promote-command.js';
import { auditedCommand, say } from './run-with-store.js';

process.exitCode = await runPromoteCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  withConnection: (work, input) =>
    withDatabase(process.env, say, (uri) =>
      withStore(uri, (store) =>
        auditedCommand(store, { what: 'model.promote', input }, () => work(store.connection)),
      ),
    ),
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
});
