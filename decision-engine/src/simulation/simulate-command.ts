import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { readFolder } from '../catalogue-store/catalogue-folder.js';
import { latestRevision, loadRules } from '../catalogue-store/catalogue-revisions.js';
import { checkContent } from '../catalogue-store/check-content.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import type { Scorers } from '../scoring/scorers.js';
import type { Store } from '../store/store.js';
import { describeSimulation } from './describe-simulation.js';
import { simulateBase } from './simulate-base.js';

export const SIMULATE_HELP = `Says what would change if the catalogue in a folder were in force: decides for every customer twice, and writes nothing.

  npm run simulate -- [FOLDER] [options]

  FOLDER           the draft: actions/*.yaml, policies.yaml, segments.yaml, as "npm run catalogue -- pull" writes them (catalogue)
  --channel NAME   where they are asked (email)
  --also A,B       other channels that may be chosen instead
  --placement P    the place on that channel
  --slots N        how many actions each may be shown (1)
  --segment ID     only customers in this segment
  --json           the last line on standard output is the whole result as JSON
  --help           this text

Each customer is asked once, now. Caps and budgets count as they are used up; the simulation uses up nothing.
Exit codes: 0 done, 1 a fault, 2 something is wrong in the files or on the command line.
`;

export type SimulateArguments = {
  readonly folder: string;
  readonly channel: string;
  readonly alsoOn: readonly string[];
  readonly placement: string | undefined;
  readonly slots: number;
  readonly segment: string | undefined;
  readonly json: boolean;
};

const OPTIONS = {
  channel: { type: 'string', default: 'email' },
  also: { type: 'string', default: '' },
  placement: { type: 'string' },
  slots: { type: 'string', default: '1' },
  segment: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const MOST_SLOTS = 20;

/** @returns the arguments, `help`, or what is wrong with the command line */
export function readSimulateArguments(
  argv: readonly string[],
): SimulateArguments | 'help' | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    if (values.help) return 'help';
    const slots = Number(values.slots);
    if (!Number.isInteger(slots) || slots < 1 || slots > MOST_SLOTS) {
      return {
        problem: `Expected "--slots" to be a whole number from 1 to ${MOST_SLOTS}, got "${values.slots}"`,
      };
    }
    if (positionals.length > 1) return { problem: `Expected one folder, got "${positionals.join(' ')}"` };
    return {
      folder: positionals[0] ?? 'catalogue',
      channel: values.channel,
      alsoOn: values.also.split(',').filter((name) => name !== ''),
      placement: values.placement,
      slots,
      segment: values.segment,
      json: values.json,
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

export type SimulateSurroundings = {
  readonly scorers: Scorers;
  readonly now: Date;
  /** A line of the answer. */
  readonly print: (line: string) => void;
  readonly stderr: NodeJS.WritableStream;
};

/** @returns 0 done, 2 something is wrong in the files or with the segment */
export async function runSimulateCommand(
  store: Store,
  args: SimulateArguments,
  { scorers, now, print, stderr }: SimulateSurroundings,
): Promise<0 | 2> {
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const inForce = await loadRules(store);
  if (inForce === null) {
    say('There is no catalogue in force to compare with. Begin with: npm run catalogue -- push');
    return 2;
  }
  const draft = await draftOf(store, args.folder, say);
  if (draft === undefined) return 2;
  const { channel, alsoOn, placement, slots, segment } = args;
  const bar = new SingleBar({
    stream: stderr,
    format: ' Asking every customer [{bar}] {percentage}% | {value} of {total} | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(1, 0);
  const result = await simulateBase({
    store,
    scorers,
    inForce,
    draft,
    request: { channel, alsoOn, placement, slots, context: {} },
    segment,
    now,
    onProgress: ({ done, of }) => {
      bar.setTotal(of);
      bar.update(done);
    },
  }).finally(() => bar.stop());
  switch (result.kind) {
    case 'unknown-segment':
      say(`Expected "--segment" to be one of the catalogue's, got "${result.segment}"`);
      return 2;
    case 'stopped':
      throw new Error('The simulation was stopped, though nothing asked for it');
    case 'done':
      for (const line of describeSimulation(result.simulation)) print(line);
      if (args.json) print(JSON.stringify(result.simulation));
      return 0;
  }
}

async function draftOf(
  store: Store,
  folder: string,
  say: (line: string) => void,
): Promise<DecidingRules | undefined> {
  const here = await readFolder(folder);
  if (here === null) {
    say(`There is no catalogue in ${folder}. Begin with: npm run catalogue -- pull ${folder}`);
    return undefined;
  }
  const checked = here.ok ? checkContent(here.content, `draft of r${await latestRevision(store)}`) : here;
  if (!checked.ok) {
    for (const problem of checked.problems) say(here.ok ? here.inFiles(problem) : problem);
    return undefined;
  }
  for (const warning of checked.warnings) say(`Warning: ${warning}`);
  return checked.rules;
}
