import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { showProgress } from './progress.mjs';
import { logFolder, repositoryRoot } from './repository.mjs';

/** What is wrong can stand at the beginning (npm follows it with its whole manual) or at the end. */
const HEAD_LINES = 15;
const TAIL_LINES = 25;

/** A step (install, build, a check) that ended badly; `message` says which, and quotes what it wrote. */
class StepFailed extends Error {
  /**
   * @param {string} title
   * @param {{ how: string, lines: string[], log: string }} detail
   */
  constructor(title, detail) {
    super(
      `${title} ${detail.how}. What it wrote (all of it is in ${detail.log}):\n\n${detail.lines.join('\n')}`,
    );
    this.name = 'StepFailed';
    this.title = title;
  }
}

/**
 * @typedef {object} Step
 * @property {string} title what the person reads, such as `Building`
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} log the name of its log file
 * @property {string} [cwd] the repository, unless told
 * @property {(pid: number) => void} [started]
 */

/**
 * Runs one program with its output in a log, a spinner in front, and the end of the log on failure.
 * A Ctrl-C or SIGTERM meanwhile is passed on, and then ends this process too.
 *
 * @param {Step} step
 * @returns {Promise<void>} rejects with StepFailed
 */
export function runStep(step) {
  mkdirSync(logFolder, { recursive: true });
  const log = join(logFolder, step.log);
  const file = createWriteStream(log);
  const progress = showProgress(step.title);
  const excerpt = headAndTail({ head: HEAD_LINES, tail: TAIL_LINES });
  return new Promise((fulfil, reject) => {
    const child = spawn(step.command, step.args, {
      cwd: step.cwd ?? repositoryRoot,
      env: step.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    if (child.pid !== undefined) step.started?.(child.pid);
    const passOn = passSignals(child);
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      file.write(chunk);
      progress.note(excerpt.take(chunk.toString('utf8')));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    /** @param {string} how */
    const fail = (how) => {
      progress.failed();
      reject(new StepFailed(step.title, { how, lines: excerpt.lines(), log }));
    };
    child.once('error', (error) => {
      passOn.stop();
      file.end();
      fail(`could not start (${error.message})`);
    });
    child.once('close', (code, signal) => {
      passOn.stop();
      file.end();
      if (passOn.received !== undefined) process.exit(passOn.received === 'SIGINT' ? 130 : 143);
      if (code === 0) {
        progress.done();
        fulfil();
      } else fail(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @type {{ received: NodeJS.Signals | undefined, stop: () => void }} */
  const state = { received: undefined, stop: () => {} };
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    state.received = signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  state.stop = () => {
    for (const signal of signals) process.off(signal, pass);
  };
  return state;
}

/**
 * Keeps the first and the last lines of a text that arrives in pieces, without colours and empty lines.
 *
 * @param {{ head: number, tail: number }} most
 */
export function headAndTail(most) {
  /** @type {string[]} */
  const head = [];
  /** @type {string[]} */
  const tail = [];
  let open = '';
  let latest = '';
  let left = 0;
  /** @param {string} line */
  const keep = (line) => {
    latest = line.trim();
    if (head.length < most.head) head.push(line);
    else tail.push(line);
    if (tail.length <= most.tail) return;
    tail.shift();
    left += 1;
  };
  return {
    /**
     * @param {string} text
     * @returns {string} the latest line with something on it
     */
    take(text) {
      const lines = (open + stripVTControlCharacters(text)).split(/\r?\n|\r/);
      open = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') keep(line.trimEnd());
      return latest;
    },
    lines: () => [
      ...head,
      ...(left > 0 ? [`... (${left} more lines) ...`] : []),
      ...tail,
      ...(open.trim() === '' ? [] : [open]),
    ],
  };
}
