import { join } from 'node:path';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runPromoteCommand } from '../train/promote-command.js';

process.exitCode = await runPromoteCommand({
  argv: process.argv.slice(2),
  modelsFolder: join(loadDatabaseConfig(process.env).dataFolder, 'models'),
  stdout: process.stdout,
  stderr: process.stderr,
});
