import { userInfo } from 'node:os';
import {
  CATALOGUE_HELP,
  readCatalogueArguments,
  runCatalogueCommand,
} from '../catalogue-store/catalogue-command.js';
import { runWithStore, say } from './run-with-store.js';

await runWithStore({
  help: CATALOGUE_HELP,
  read: readCatalogueArguments,
  changes: ({ command, dryRun }) => (command === 'push' && !dryRun ? 'catalogue.publish' : null),
  run: (store, args) =>
    runCatalogueCommand(store, args, {
      author: userInfo().username,
      now: new Date(),
      print: (line) => void process.stdout.write(`${line}\n`),
      say,
    }),
});
