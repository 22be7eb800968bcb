import { availableParallelism } from 'node:os';
import process from 'node:process';
import { buildTargets } from './build.mjs';
import { add, inWords, nothing } from './count-report.mjs';
import { ensureBrowser } from './install-browser.mjs';
import { prepare } from './prepare.mjs';
import { seconds } from './progress.mjs';
import { runSuite } from './suite.mjs';
import { browserSuite, checks, otherDatabaseSuite, suites } from './test-plan.mjs';

/** @typedef {import('./count-report.mjs').Count} Count */

/**
 * Installs what the tests need, builds, runs every check and every suite, and ends with one line that sums them.
 *
 * @param {string[]} args `--other-database` adds the storage contract on a MongoDB-compatible server that is not ours
 * @returns {Promise<number>} the exit code
 */
export async function testAll(args) {
  const began = Date.now();
  const counts = await countAll(args);
  const total = counts.reduce(add, nothing);
  process.stdout.write(`\nAll of it took ${seconds(Date.now() - began)}.\n${inWords(total)}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/**
 * @param {string[]} args
 * @returns {Promise<Count[]>}
 */
async function countAll(args) {
  const installed = await attempt(() => prepare());
  // Without packages nothing else can run.
  if (installed.failed > 0) return [installed];
  const browser = await ensureBrowser();
  const counts = await inParallel(checks);
  const built = await attempt(() => prepare(buildTargets.product));
  counts.push(built, ...(await inParallel(suites)));
  counts.push(await inBrowser(browser, built));
  if (args.includes('--other-database')) counts.push(await runSuite(otherDatabaseSuite()));
  return counts;
}

/**
 * @param {{ path: string } | { reason: string }} browser
 * @param {Count} built
 */
function inBrowser(browser, built) {
  if ('reason' in browser) return failed(`browser: ${browser.reason}`);
  if (built.failed > 0) return failed('browser: not run, since the build failed.');
  return runSuite(browserSuite(browser.path));
}

/**
 * @param {() => Promise<void>} step
 * @returns {Promise<Count>}
 */
async function attempt(step) {
  try {
    await step();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} message
 * @returns {Count}
 */
function failed(message) {
  process.stdout.write(`FAIL ${message}\n`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Runs two suites at a time: each keeps about one core busy, and more would only wait for each other.
 *
 * @param {readonly import('./suite.mjs').Suite[]} all
 * @returns {Promise<Count[]>}
 */
async function inParallel(all) {
  const waiting = [...all];
  /** @type {Count[]} */
  const counts = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      counts.push(await runSuite(next));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  return counts;
}
