import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { withDatabase } from '../../supervisor/resolve-database.js';
import { runKillRounds } from './kill-rounds.js';
import { runWaitingRuns } from './waiting-runs.js';

const HELP = `Tries journeys hard, in a database that is thrown away (or that of MONGODB_URI, which must be empty).

  npm run journey-trials -- kill [--rounds 20] [--runs 5000] [--seed 1]
  npm run journey-trials -- waiting [--runs 100000] [--timers 10000] [--rate 500]

  kill     kills the engine with -9 in the middle of the runs, and counts the messages at a mail server and the calls of
           a receiver that takes keys
  waiting  many runs wait, some fall due at a rate; how late they fire, and the engine's memory

The report is JSON on standard output.
`;

const count = z.coerce.number().int().min(1).max(1_000_000);
const trialArguments = z.object({
  rounds: count.default(20),
  runs: count.optional(),
  timers: count.default(10_000),
  rate: count.default(500),
  seed: z.string().default('1'),
});

export type TrialSurroundings = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

/** @returns the exit code: 1 where a message was lost or came more than twice */
export async function runTrialCommand({ argv, env, stdout, stderr }: TrialSurroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      runs: { type: 'string' },
      timers: { type: 'string' },
      rate: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [mode] = positionals;
  if (values.help === true || (mode !== 'kill' && mode !== 'waiting')) {
    stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const { help, ...given } = values;
  const { rounds, runs, timers, rate, seed } = trialArguments.parse(given);
  const folder = await mkdtemp(join(tmpdir(), 'segue-journey-trial-'));
  const say = (line: string): void => void stderr.write(`${line}\n`);
  let told = '';
  const onProgress = (what: string, done: number, total: number): void => {
    const line = `\r${what} ${done}/${total}      `;
    if (line !== told) stderr.write(line);
    told = line;
  };
  try {
    return await withDatabase({ ...env, SEGUE_DATA: folder }, say, async (uri) => {
      if (mode === 'waiting') {
        const waiting = runs ?? 100_000;
        const report = await runWaitingRuns(uri, {
          waiting,
          timers: Math.min(timers, waiting),
          perSecond: rate,
          onProgress,
        });
        stdout.write(`\n${JSON.stringify(report, null, 2)}\n`);
        return 0;
      }
      const report = await runKillRounds(uri, { runs: runs ?? 5_000, rounds, seed, onProgress });
      stdout.write(`\n${JSON.stringify(report, null, 2)}\n`);
      return report.lost === 0 &&
        report.keyed.lost === 0 &&
        report.mostOften <= 2 &&
        report.repeated <= report.told &&
        report.failedRuns === 0
        ? 0
        : 1;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
