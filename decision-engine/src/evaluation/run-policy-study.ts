import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { MeanWithInterval } from './mean-with-interval.js';
import { type NewActionResult, playNewAction } from './new-action-study.js';
import { playStudy, type StudyRun, studyRunSchema } from './play-study.js';
import {
  POLICY_STUDY_HELP,
  type PolicyStudyArguments,
  readPolicyStudyArguments,
} from './policy-study-arguments.js';
import { studyOf } from './study-of.js';
import { type StudySummary, summariseStudy } from './summarise-study.js';

export type PolicyStudyCommand = {
  readonly argv: readonly string[];
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

/** The command `policy-study`. Exit codes: 0 done, 1 fault, 2 wrong command line. */
export async function runPolicyStudyCommand({
  argv,
  stdout,
  stderr,
}: PolicyStudyCommand): Promise<0 | 1 | 2> {
  const read = readPolicyStudyArguments(argv);
  if (read.kind === 'help') {
    stdout.write(POLICY_STUDY_HELP);
    return 0;
  }
  if (read.kind === 'usage') {
    stderr.write(`${read.message}. See --help.\n`);
    return 2;
  }
  try {
    if (read.args.newActions.length > 0) {
      const newActions = await studyNewActions(read.args, stderr);
      stdout.write(`${JSON.stringify({ arguments: read.args, newActions })}\n`);
      return 0;
    }
    const runs = await playAll(read.args, stderr);
    const summaries = summariseStudy(runs);
    stderr.write(`${HEAD}\n${summaries.map(rowOf).join('\n')}\n`);
    stdout.write(`${JSON.stringify({ arguments: read.args, summaries })}\n`);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function studyNewActions(
  { newActions, seeds, firstSeed, budgetSeconds }: PolicyStudyArguments,
  stderr: NodeJS.WritableStream,
): Promise<readonly (NewActionResult & { readonly actionId: string; readonly seed: number })[]> {
  const results: (NewActionResult & { readonly actionId: string; readonly seed: number })[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    for (const actionId of newActions) {
      const result = await playNewAction({ ...newActionShop(seed), actionId, seed, budgetSeconds });
      results.push({ actionId, seed, ...result });
      const { truth, estimate, compared, start } = result;
      stderr.write(
        `${actionId}, shop ${seed}: first day ${ratio(start)} of the truth (${start.offers} offers), after 300 outcomes ${ratio(result)} (${estimate.toFixed(3)} for ${truth.toFixed(3)}, ${compared} offers)\n`,
      );
    }
  }
  return results;
}

const ratio = ({ truth, estimate }: { readonly truth: number; readonly estimate: number }) =>
  `${Math.round((100 * estimate) / truth)} %`;

/** A shop big enough for one action at a time. */
const newActionShop = (seed: number) => ({
  world: { seed, customers: 1_500, start: new Date('2025-01-01'), end: new Date('2025-12-31') },
  past: 6_000,
  outcomes: 300,
  compared: 600,
});

/** A run is told apart by what it was asked for, so that one file can hold several studies. */
const keptRunSchema = z.object({ of: z.string(), run: studyRunSchema });
type KeptRun = z.infer<typeof keptRunSchema>;

async function playAll(args: PolicyStudyArguments, stderr: NodeJS.WritableStream): Promise<StudyRun[]> {
  const kept = await keptRuns(args.out);
  const runs: StudyRun[] = [];
  for (let seed = args.firstSeed; seed < args.firstSeed + args.seeds; seed += 1) {
    for (const policy of args.policies) {
      const study = studyOf(args, { policy, seed });
      const of = JSON.stringify(study);
      const known = kept.get(of);
      const run = known ?? (await playWithBar(study, stderr));
      runs.push(run);
      if (known === undefined && args.out !== undefined) {
        await appendFile(args.out, `${JSON.stringify({ of, run } satisfies KeptRun)}\n`);
      }
    }
  }
  return runs;
}

async function keptRuns(file: string | undefined): Promise<Map<string, StudyRun>> {
  if (file === undefined || !existsSync(file)) return new Map();
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => keptRunSchema.parse(JSON.parse(line))).map(({ of, run }) => [of, run]));
}

async function playWithBar(
  study: ReturnType<typeof studyOf>,
  stderr: NodeJS.WritableStream,
): Promise<StudyRun> {
  const bar = new SingleBar({
    stream: stderr,
    format: ` ${study.policy}, shop ${study.world.seed} [{bar}] {percentage}% | {share} % of the best | {eta_formatted} left`,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
    hideCursor: true,
  });
  bar.start(study.options.past + study.decisions + study.recovery, 0, { share: '-' });
  try {
    return await playStudy({
      ...study,
      onProgress: ({ decisions, percent }) => bar.update(decisions, { share: percent.toFixed(1) }),
    });
  } finally {
    bar.stop();
  }
}

const HEAD =
  'policy       shops   £/decision                 % of the best              after a shift: first, last % of the best';

function rowOf({ policy, worth, percentOfOracle, shift }: StudySummary): string {
  const after = shift === null ? '' : `${shown(shift.first, 1)}, ${shown(shift.last, 1)}`;
  return [
    policy.padEnd(13),
    String(worth.n).padEnd(8),
    shown(worth, 2).padEnd(27),
    shown(percentOfOracle, 1).padEnd(27),
    after,
  ].join('');
}

function shown({ mean, interval }: MeanWithInterval, digits: number): string {
  const spread = interval === null ? '' : ` (${interval.map((end) => end.toFixed(digits)).join(' to ')})`;
  return `${mean.toFixed(digits)}${spread}`;
}
