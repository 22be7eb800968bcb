import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { quietEnvironment } from './build.mjs';
import { countReport, failuresOf, inWords, skippedOf } from './count-report.mjs';
import { seconds } from './progress.mjs';
import { logFolder, repositoryRoot } from './repository.mjs';

const SHOWN_FAILURES = 30;
const SHOWN_LINES = 60;

/**
 * One thing to run and to count: a check counts as one, a suite as what its report says.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} folder below the repository
 * @property {string} [command] this Node, unless told
 * @property {string[]} args
 * @property {string} [report] vitest's JSON report, below the folder; a check has none
 * @property {boolean} [mayBeSkipped] whether to end well without having run a test means that it can't be run here
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} minutes after which it is ended and counts as failed
 */

/**
 * Runs a suite to its end, tells how it came out, and counts it.
 *
 * @param {Suite} suite
 * @returns {Promise<import('./count-report.mjs').Count>}
 */
export async function runSuite(suite) {
  const folder = join(repositoryRoot, suite.folder);
  const report = suite.report === undefined ? undefined : join(folder, suite.report);
  // What an earlier run left must not be counted for this one.
  if (report !== undefined) rmSync(report, { force: true });
  mkdirSync(logFolder, { recursive: true });
  const log = join(logFolder, `${suite.name.replaceAll(/[^a-z0-9]+/gi, '-')}.log`);
  const began = Date.now();
  const problem = await runToEnd(suite, folder, log);
  const text = report !== undefined && existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  const skipped = suite.mayBeSkipped === true && problem === undefined && !holdsTests(text);
  const count = skipped
    ? { passed: 0, failed: 0, skipped: 1 }
    : judge({ problem, report: text, isCheck: report === undefined });
  say(
    `${count.failed === 0 ? 'ok  ' : 'FAIL'} ${suite.name}: ${inWords(count)} (${seconds(Date.now() - began)})`,
  );
  if (skipped) say(indent(lastLines(readFileSync(log, 'utf8'), 3)));
  if (text !== undefined) tellSkipped(text);
  if (count.failed > 0) tellFailure({ log, problem, report: text });
  return count;
}

/**
 * Counts what a suite came to. One that crashed, or left no report, or a broken one, has failed, whatever else it says.
 *
 * @param {{ problem: string | undefined, report: string | undefined, isCheck: boolean }} outcome
 * @returns {import('./count-report.mjs').Count}
 */
export function judge({ problem, report, isCheck }) {
  const failed = { passed: 0, failed: 1, skipped: 0 };
  if (isCheck) return problem === undefined ? { passed: 1, failed: 0, skipped: 0 } : failed;
  if (report === undefined) return failed;
  try {
    const count = countReport(report);
    const total = count.passed + count.failed + count.skipped;
    const unexplained = count.failed === 0 && (problem !== undefined || total === 0);
    return unexplained ? { ...count, failed: 1 } : count;
  } catch {
    return failed;
  }
}

/**
 * @param {Suite} suite
 * @param {string} folder
 * @param {string} log
 * @returns {Promise<string | undefined>} what went wrong with the process itself
 */
function runToEnd(suite, folder, log) {
  return new Promise((fulfil) => {
    const file = createWriteStream(log);
    const child = spawn(suite.command ?? process.execPath, suite.args, {
      cwd: folder,
      env: { ...process.env, ...quietEnvironment, ...suite.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      // Not waited for: what it has started may go on and hold its output open.
      finish(`was ended after ${suite.minutes} minutes`);
    }, suite.minutes * 60_000);
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) =>
      finish(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
    );
    let over = false;
    /** @param {string | undefined} problem */
    function finish(problem) {
      if (over) return;
      over = true;
      clearTimeout(deadline);
      child.stdout.unpipe(file);
      child.stderr.unpipe(file);
      file.end(() => fulfil(problem));
    }
  });
}

/** @param {string | undefined} report */
function holdsTests(report) {
  return (
    report !== undefined &&
    readable(report, (text) => [countReport(text)]).some(
      ({ passed, failed, skipped }) => passed + failed + skipped > 0,
    )
  );
}

/** @param {string} report */
function tellSkipped(report) {
  for (const { name, skipped } of readable(report, skippedOf)) {
    say(`       skipped ${skipped} in ${relative(repositoryRoot, name)}`);
  }
}

/** @param {{ log: string, problem: string | undefined, report: string | undefined }} outcome */
function tellFailure({ log, problem, report }) {
  if (problem !== undefined) say(`       ${problem}`);
  const failures = report === undefined ? [] : readable(report, failuresOf);
  for (const { name } of failures.slice(0, SHOWN_FAILURES)) say(`       ${relative(repositoryRoot, name)}`);
  if (failures.length > SHOWN_FAILURES) say(`       and ${failures.length - SHOWN_FAILURES} more`);
  say(indent(whatWentWrong(readFileSync(log, 'utf8'))));
  say(`       All of its output: ${relative(repositoryRoot, log)}`);
}

/**
 * What a report says, as far as it can be read.
 *
 * @template Item
 * @param {string} report
 * @param {(report: string) => Item[]} read
 */
function readable(report, read) {
  try {
    return read(report);
  } catch {
    return [];
  }
}

/**
 * The part of a log that explains a failure: what vitest says of the failed tests, else the end.
 *
 * @param {string} log
 */
export function whatWentWrong(log) {
  const lines = stripVTControlCharacters(log).trimEnd().split('\n');
  const start = lines.findIndex((line) => /^⎯+ Failed (Suites|Tests) /.test(line));
  return (start === -1 ? lines.slice(-SHOWN_LINES) : lines.slice(start, start + 2 * SHOWN_LINES)).join('\n');
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  return stripVTControlCharacters(text).trimEnd().split('\n').slice(-count).join('\n');
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^/gm, '         ');
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
