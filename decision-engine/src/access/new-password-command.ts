import { parseArgs } from 'node:util';
import type { Store } from '../store/store.js';
import { setPassword } from './agents.js';
import { newPassword } from './secrets.js';

export const NEW_PASSWORD_HELP = `Gives a person a new random password, prints it once, and ends all their sessions.

  npm run new-password -- --email admin@segue.local

  --email ADDRESS  whose password
  --help           this text
`;

/** @returns the address, `help`, or what is wrong with the command line */
export function readNewPasswordArguments(
  argv: readonly string[],
): { readonly email: string } | 'help' | { readonly problem: string } {
  let values: { email?: string; help?: boolean };
  try {
    values = parseArgs({
      args: [...argv],
      options: { email: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return 'help';
  const email = values.email?.trim() ?? '';
  return email === '' ? { problem: 'Expected "--email" to say whose password' } : { email };
}

/** @returns the new password; null when nobody has this address */
export async function giveNewPassword(store: Store, email: string): Promise<string | null> {
  const password = newPassword();
  const agentId = await setPassword(store, { email, password });
  if (agentId === null) return null;
  await store.sessions.deleteMany({ agentId });
  return password;
}
