import { userInfo } from 'node:os';
import { connectChannels } from '../channels/connect-channels.js';
import { loadConfig } from '../config.js';
import {
  JOURNEYS_HELP,
  readJourneysArguments,
  runJourneysCommand,
} from '../journeys/command/journeys-command.js';
import { runWithStore, say } from './run-with-store.js';

const CHANGES = new Map([
  ['publish', 'journey.publish'],
  ['state', 'journey.setState'],
  ['install', 'journey.installPlaybook'],
]);

await runWithStore({
  help: JOURNEYS_HELP,
  read: readJourneysArguments,
  changes: ({ command }) => CHANGES.get(command) ?? null,
  run: (store, args) => {
    // The address of the database is settled already; only webhooks and channels are read here.
    const { webhooks, channels } = loadConfig({ ...process.env, MONGODB_URI: 'mongodb://settled' });
    return runJourneysCommand(store, args, {
      author: userInfo().username,
      clock: () => new Date(),
      endpoints: webhooks,
      channels: connectChannels(channels),
      print: (line) => void process.stdout.write(`${line}\n`),
      say,
    });
  },
});
