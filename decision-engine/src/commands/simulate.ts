import { join } from 'node:path';
import pino from 'pino';
import { watchScorers } from '../scoring/watch-scorers.js';
import { readSimulateArguments, runSimulateCommand, SIMULATE_HELP } from '../simulation/simulate-command.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runWithStore } from './run-with-store.js';

await runWithStore({
  help: SIMULATE_HELP,
  read: readSimulateArguments,
  changes: () => null,
  run: async (store, args) => {
    const folder = join(loadDatabaseConfig(process.env).dataFolder, 'models');
    const scorers = await watchScorers({
      folder,
      log: pino({ level: 'silent' }),
      connection: store.connection,
    });
    try {
      return await runSimulateCommand(store, args, {
        scorers: scorers.current(),
        now: new Date(),
        print: (line) => void process.stdout.write(`${line}\n`),
        stderr: process.stderr,
      });
    } finally {
      scorers.close();
    }
  },
});
