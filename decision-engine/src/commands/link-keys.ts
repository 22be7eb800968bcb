import { LINK_KEYS_HELP, readLinkKeysArguments, runLinkKeysCommand } from '../links/link-keys-command.js';
import { runWithStore } from './run-with-store.js';

await runWithStore({
  help: LINK_KEYS_HELP,
  read: readLinkKeysArguments,
  changes: ({ command }) => (command === 'list' ? null : `linkKey.${command}`),
  run: (store, args) =>
    runLinkKeysCommand(store, args, {
      now: new Date(),
      print: (line) => void process.stdout.write(`${line}\n`),
    }),
});
