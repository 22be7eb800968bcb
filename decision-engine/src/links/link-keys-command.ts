import type { Store } from '../store/store.js';
import { dropLinkKey, readLinkKeys, rotateLinkKeys } from './link-keys.js';

export const LINK_KEYS_HELP = `The keys that sign the links in messages.

  npm run link-keys -- list
  npm run link-keys -- rotate
  npm run link-keys -- drop KEY

  list             the keys by name and age, the one that signs first; never the secrets
  rotate           makes a new key; engines sign with it within a minute, older links keep working
  drop             takes an older key back: the links it signed stop working, those to unsubscribe too

Exit codes: 0 done, 1 there is no such key, 2 something is wrong on the command line.
`;

export type LinkKeysArguments =
  | { readonly command: 'list' | 'rotate' }
  | { readonly command: 'drop'; readonly keyId: string };

/** How the command line was read. */
export function readLinkKeysArguments(
  args: readonly string[],
): LinkKeysArguments | 'help' | { readonly problem: string } {
  if (args.includes('--help')) return 'help';
  const [command, keyId, ...rest] = args;
  if ((command === 'list' || command === 'rotate') && keyId === undefined) return { command };
  if (command === 'drop' && keyId !== undefined && rest.length === 0) return { command, keyId };
  return { problem: `Expected list, rotate or drop KEY, got ${args.join(' ') || 'nothing'}` };
}

/** @returns the exit code */
export async function runLinkKeysCommand(
  store: Pick<Store, 'notes'>,
  args: LinkKeysArguments,
  { now, print }: { readonly now: Date; readonly print: (line: string) => void },
): Promise<number> {
  switch (args.command) {
    case 'list': {
      const keys = await readLinkKeys(store, now);
      for (const [index, { keyId, createdAt }] of keys.entries())
        print(`${keyId}  made ${createdAt.slice(0, 10)}  ${index === 0 ? 'signs' : 'honoured'}`);
      return 0;
    }
    case 'rotate':
      print(`${await rotateLinkKeys(store, now)} signs from now on`);
      return 0;
    case 'drop': {
      const dropped = await dropLinkKey(store, args.keyId, now);
      print(dropped ? `${args.keyId} is taken back` : `There is no older key "${args.keyId}"`);
      return dropped ? 0 : 1;
    }
  }
}
