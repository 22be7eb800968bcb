import {
  giveNewPassword,
  NEW_PASSWORD_HELP,
  readNewPasswordArguments,
} from '../access/new-password-command.js';
import { openStore } from '../store/store.js';
import { withDatabase } from '../supervisor/resolve-database.js';

const args = readNewPasswordArguments(process.argv.slice(2));
if (args === 'help') {
  process.stdout.write(NEW_PASSWORD_HELP);
} else if ('problem' in args) {
  process.stderr.write(`${args.problem}. See --help.\n`);
  process.exitCode = 2;
} else {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const password = await withDatabase(process.env, say, async (uri) => {
    const store = await openStore(uri);
    try {
      return await giveNewPassword(store, args.email);
    } finally {
      await store.connection.close();
    }
  });
  if (password === null) {
    say(`Nobody has the address "${args.email}".`);
    process.exitCode = 1;
  } else {
    say('This password is shown once:');
    process.stdout.write(`${password}\n`);
  }
}
