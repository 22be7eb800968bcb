import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `Measures the console in a browser and prints what it found as JSON.

  npm run bench:console
  npm run bench:console -- --only list,load
  npm run bench:console -- --only live --data .data

  --only PARTS   some of: list       a list of 10,000 customers is scrolled
                          load       first loads at a fourth of the speed
                          live       events to pixels with 200 agents, on the whole product
                          plan-load  first loads of the pages that need the whole product
  --data FOLDER  a data folder of a product that is stopped: a copy of it is used, and nothing has to be trained
  --help         this text
`;
const PARTS = ['list', 'load', 'live', 'plan-load'];

/** @param {string} problem */
function refuse(problem) {
  process.stderr.write(`${problem}\n\n${HELP}`);
  process.exit(1);
}

function read() {
  try {
    return parseArgs({
      options: { only: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { only, data, help } = read() ?? {};
if (help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const unknown = only?.split(',').find((part) => !PARTS.includes(part));
if (unknown !== undefined) refuse(`Expected "--only" to be some of ${PARTS.join(', ')}, got "${unknown}"`);

const folder = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../vitest.mjs', import.meta.resolve('vitest')));
const child = spawn(process.execPath, [vitest, 'run', '-c', 'vitest.bench.config.ts'], {
  cwd: folder,
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(only === undefined ? {} : { SEGUE_BENCH_ONLY: only }),
    // A relative folder is one of where npm was called.
    ...(data === undefined ? {} : { SEGUE_BENCH_DATA: resolve(process.env.INIT_CWD ?? '.', data) }),
  },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
