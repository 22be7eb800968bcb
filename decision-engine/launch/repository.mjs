import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole repository, whatever the working directory is. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every workspace, as `package.json` lists them, in the order they are built. */
export const workspaces = [
  'models',
  'integrations',
  'decision-engine/embedded-mongo',
  'decision-engine',
  'agent-console',
];

/** Where the logs of installing, building and testing go; git ignores it. */
export const logFolder = join(repositoryRoot, '.turbo', 'logs');

/**
 * The folder the person typed the command in. npm moves to the repository first, and says where it came from.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function typedIn(env) {
  const from = env.INIT_CWD;
  return from !== undefined && from !== '' && existsSync(from) ? from : process.cwd();
}

/**
 * The data folder as an absolute path: `SEGUE_DATA`, relative to where the command was typed, else `.data` in the repository.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function dataFolder(env) {
  const given = env.SEGUE_DATA;
  if (given === undefined || given === '') return join(repositoryRoot, '.data');
  return resolve(typedIn(env), given);
}
