import { API_KEY_HELP, makeApiKey, readApiKeyArguments } from '../access/api-key-command.js';
import { runWithStore, say } from './run-with-store.js';

await runWithStore({
  help: API_KEY_HELP,
  read: readApiKeyArguments,
  changes: () => 'key.create',
  run: async (store, args) => {
    const key = await makeApiKey(store, args, new Date());
    say('This key is shown once:');
    process.stdout.write(`${key}\n`);
    return 0;
  },
});
