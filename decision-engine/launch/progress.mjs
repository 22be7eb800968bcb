import process from 'node:process';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const PLAIN_EVERY_MS = 15_000;

/** @param {number} ms */
export function seconds(ms) {
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} note what it does at this moment; shown beside the title on a terminal
 * @property {() => void} done
 * @property {() => void} failed
 */

/**
 * Shows that something goes on: a spinner with the time so far on a terminal, else a line now and then.
 * Writes to stderr only, so that standard output stays the command's own.
 *
 * @param {string} title such as `Installing packages`
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} [options]
 * @returns {Progress}
 */
export function showProgress(title, options = {}) {
  const stream = options.stream ?? process.stderr;
  const now = options.now ?? Date.now;
  const began = now();
  const terminal = stream.isTTY === true;
  let frame = 0;
  let note = '';
  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    const line = `${FRAMES[frame]} ${title} (${seconds(now() - began)}) ${note}`;
    stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
  };
  if (!terminal) stream.write(`${title} ...\n`);
  const timer = setInterval(
    terminal ? draw : () => stream.write(`${title} ... ${seconds(now() - began)} so far\n`),
    terminal ? 100 : PLAIN_EVERY_MS,
  );
  /** @param {string} how */
  const end = (how) => {
    clearInterval(timer);
    stream.write(`${terminal ? '\r\u001b[2K' : ''}${title}: ${how} ${seconds(now() - began)}\n`);
  };
  return {
    note: (text) => {
      note = text;
    },
    done: () => end('done in'),
    failed: () => end('failed after'),
  };
}
