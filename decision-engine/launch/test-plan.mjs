import { join } from 'node:path';
import process from 'node:process';
import { turboCommand } from './build.mjs';
import { npmCommand } from './install.mjs';
import { repositoryRoot, workspaces } from './repository.mjs';

/** @typedef {import('./suite.mjs').Suite} Suite */

/** @param {string[]} parts */
const tool = (...parts) => join(repositoryRoot, 'node_modules', ...parts);
const vitest = tool('vitest', 'vitest.mjs');

/** @type {Suite[]} what is true of the sources as they stand; no build is needed for it */
export const checks = [
  { name: 'lint', folder: '.', args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'], minutes: 5 },
  { name: 'unused code', folder: '.', args: [tool('knip', 'bin', 'knip.js'), '--no-progress'], minutes: 5 },
  { name: 'types', folder: '.', args: turboCommand('typecheck'), minutes: 15 },
];

// A deadline tells a test that hangs from one that is slow. On a machine that is busy with two suites, five seconds don't.
const patience = ['--testTimeout=60000', '--hookTimeout=180000'];

/** @type {Suite[]} */
export const suites = workspaces.map((folder) => ({
  name: folder,
  folder,
  args: [vitest, 'run', ...patience],
  report: '.test-results/vitest.json',
  minutes: 20,
}));

/**
 * The storage contract on a server that is not ours. It decides itself whether one can be had.
 *
 * @returns {Suite}
 */
export function otherDatabaseSuite() {
  const npm = npmCommand(process.env);
  return {
    name: 'storage contract on another server',
    folder: 'decision-engine/embedded-mongo',
    command: npm.command,
    args: [...npm.args, 'run', 'test:contract:other'],
    report: '.test-results/contract-other.json',
    mayBeSkipped: true,
    minutes: 25,
  };
}

/**
 * The whole product in a real browser; needs the build.
 *
 * @param {string} browser the program
 * @returns {Suite}
 */
export function browserSuite(browser) {
  return {
    name: 'browser',
    folder: 'agent-console',
    args: [vitest, 'run', '--config', 'vitest.browser.config.ts'],
    report: '.test-results/browser.json',
    env: { SEGUE_BROWSER: browser },
    minutes: 15,
  };
}
