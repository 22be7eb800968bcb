import {
  giveNewPassword,
  NEW_PASSWORD_HELP,
  readNewPasswordArguments,
} from '../access/new-password-command.js';
import { runWithStore, say } from './run-with-store.js';

await runWithStore({
  help: NEW_PASSWORD_HELP,
  read: readNewPasswordArguments,
  changes: () => 'people.newPassword',
  run: async (store, { email }) => {
    const password = await giveNewPassword(store, email);
    if (password === null) {
      say(`Nobody has the address "${email}".`);
      return 1;
    }
    say('This password is shown once:');
    process.stdout.write(`${password}\n`);
    return 0;
  },
});
