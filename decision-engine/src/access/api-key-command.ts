import { parseArgs } from 'node:util';
import type { Store } from '../store/store.js';
import { API_KEY_SCOPES, APP_SCOPES, type ApiKeyScope } from './api-key-document.js';
import { createApiKey } from './api-keys.js';

export const API_KEY_HELP = `Makes an API key and prints it once; only a hash of it is stored.

  npm run api-key -- --name NAME [--scopes LIST]

  --name NAME      who uses it, as decisions and errors name it
  --scopes LIST    any of ${API_KEY_SCOPES.join(', ')},
                   separated by commas; ${APP_SCOPES.join(',')} when left out
  --help           this text

Example
  npm run api-key -- --name web-shop --scopes events:write,decide,feedback
`;

export type ApiKeyArguments = { readonly name: string; readonly scopes: readonly ApiKeyScope[] };

/** @returns the arguments, `help`, or what is wrong with the command line */
export function readApiKeyArguments(
  argv: readonly string[],
): ApiKeyArguments | 'help' | { readonly problem: string } {
  let values: { name?: string; scopes?: string; help?: boolean };
  try {
    values = parseArgs({
      args: [...argv],
      options: { name: { type: 'string' }, scopes: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return 'help';
  const name = values.name?.trim() ?? '';
  if (name === '' || name.length > 100) return { problem: 'Expected "--name" to be 1 to 100 characters' };
  const scopes: ApiKeyScope[] = [];
  for (const given of values.scopes?.split(',') ?? APP_SCOPES) {
    const scope = API_KEY_SCOPES.find((known) => known === given.trim());
    if (scope === undefined)
      return { problem: `Expected "--scopes" to hold ${API_KEY_SCOPES.join(', ')}, got "${given}"` };
    scopes.push(scope);
  }
  return { name, scopes };
}

/** @returns the key */
export function makeApiKey(store: Store, args: ApiKeyArguments, now: Date): Promise<string> {
  return createApiKey(store, { ...args, now });
}
