import { API_KEY_HELP, makeApiKey, readApiKeyArguments } from '../access/api-key-command.js';
import { openStore } from '../store/store.js';
import { withDatabase } from '../supervisor/resolve-database.js';

const args = readApiKeyArguments(process.argv.slice(2));
if (args === 'help') {
  process.stdout.write(API_KEY_HELP);
} else if ('problem' in args) {
  process.stderr.write(`${args.problem}. See --help.\n`);
  process.exitCode = 2;
} else {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const key = await withDatabase(process.env, say, async (uri) => {
    const store = await openStore(uri);
    try {
      return await makeApiKey(store, args, new Date());
    } finally {
      await store.connection.close();
    }
  });
  say('This key is shown once:');
  process.stdout.write(`${key}\n`);
}
