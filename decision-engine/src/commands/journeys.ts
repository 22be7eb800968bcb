import { userInfo } from 'node:os';
import { loadConfig } from '../config.js';
import {
  JOURNEYS_HELP,
  readJourneysArguments,
  runJourneysCommand,
} from '../journeys/command/journeys-command.js';
import { runWithStore, say } from './run-with-store.js';

await runWithStore({
  help: JOURNEYS_HELP,
  read: readJourneysArguments,
  run: (store, args) =>
    runJourneysCommand(store, args, {
      author: userInfo().username,
      clock: () => new Date(),
      // The address of the database is settled already; only the webhooks are read here.
      endpoints: loadConfig({ ...process.env, MONGODB_URI: 'mongodb://settled' }).webhooks,
      print: (line) => void process.stdout.write(`${line}\n`),
      say,
    }),
});
