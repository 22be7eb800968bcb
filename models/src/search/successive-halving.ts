import { seededRandom } from '../training/seeded-random.js';
import { type Candidate, DEFAULT_CANDIDATE, drawCandidate } from './candidate.js';

/** What a candidate came to. */
export type Trial = {
  readonly candidate: Candidate;
  readonly isDefault: boolean;
  /** Folds it was tested on; those given up after one are not compared further. */
  readonly folds: number;
  /** Mean over the rows tested. */
  readonly logLoss: number;
  /**
   * Log loss less that of the default on the same rows, with its standard error; below 0 is better. Of those tested on
   * all folds without the first: that one picked them, so it flatters them.
   */
  readonly against: { readonly difference: number; readonly standardError: number };
};

export type SearchResult = {
  /** Best first: those tested on all folds before those given up early. */
  readonly trials: readonly Trial[];
  readonly chosen: Candidate;
};

export type SearchOptions = {
  readonly seed: number;
  /** Folds each finalist is tested on, at least 2. */
  readonly folds: number;
  /** Log loss of each row of a fold by a model trained on the other folds. */
  readonly test: (candidate: Candidate, fold: number) => Promise<Float64Array>;
  /** Trials at once. */
  readonly lanes: number;
  readonly budgetMs: number;
  /** Milliseconds on a steady clock. */
  readonly clock: () => number;
  /** Most candidates beside the default; as many as the time allows unless told. */
  readonly most?: number | undefined;
  readonly onProgress?: ((state: { readonly done: number; readonly message: string }) => void) | undefined;
};

/** Part of the time for finding the finalists. */
const SCREENING = 0.5;
/** Beside the default. */
const MOST_FINALISTS = 4;
const MOST_CANDIDATES = 1_000;
/** Standard errors by which another has to beat the default: with four finalists luck does so once in eleven searches. */
const SURE = 2;

type Running = { readonly candidate: Candidate; readonly losses: Map<number, Float64Array> };

/**
 * Random search with successive halving (Jamieson & Talwalkar 2016) within a time budget: candidates are compared on one
 * fold, the best of them and the default on all. The default is kept unless another beats it by more than two standard
 * errors of the difference on the folds that did not pick it: what noise alone explains is no reason to change. Tries at
 * least one candidate, and all folds of one finalist, however short the time.
 */
export async function searchCandidates(options: SearchOptions): Promise<SearchResult> {
  const { clock, budgetMs, folds, lanes } = options;
  const began = clock();
  const spent = () => (clock() - began) / budgetMs;
  const random = seededRandom(options.seed);
  const draw = (): Running => ({ candidate: drawCandidate(random), losses: new Map() });
  const base: Running = { candidate: DEFAULT_CANDIDATE, losses: new Map() };
  let longest = 0;
  const test = async (tests: readonly (readonly [Running, number])[], message: string): Promise<void> => {
    const report = () => options.onProgress?.({ done: Math.min(1, spent()), message });
    report();
    for (let from = 0; from < tests.length; from += lanes) {
      const start = clock();
      await Promise.all(
        tests.slice(from, from + lanes).map(async ([{ candidate, losses }, fold]) => {
          losses.set(fold, await options.test(candidate, fold));
        }),
      );
      longest = Math.max(longest, (clock() - start) / budgetMs);
      report();
    }
  };
  const all = [base];
  const most = 1 + Math.min(options.most ?? Number.POSITIVE_INFINITY, MOST_CANDIDATES);
  do {
    const wanted = Math.min(most, all.length === 1 ? Math.max(2, lanes) : all.length + lanes) - all.length;
    const drawn = Array.from({ length: wanted }, draw);
    all.push(...drawn);
    const round = all.length - drawn.length === 1 ? all : drawn;
    await test(
      round.map((running) => [running, 0]),
      `search, way ${all.length} on one fold`,
    );
  } while (all.length < most && spent() + longest < SCREENING);

  const roundsLeft = Math.floor((1 - spent()) / longest);
  const fitting = Math.floor((roundsLeft * lanes) / (folds - 1)) - 1;
  const finalists = all
    .filter((running) => running !== base)
    .sort((a, b) => lossOf(a) - lossOf(b))
    .slice(0, Math.max(1, Math.min(MOST_FINALISTS, fitting)));
  const others = Array.from({ length: folds - 1 }, (_, index) => index + 1);
  await test(
    [base, ...finalists].flatMap((running) => others.map((fold) => [running, fold] as const)),
    `search, the best ${finalists.length + 1} on ${folds} folds`,
  );
  const trials = all
    .map((running) => ({ running, trial: trialOf(running, base) }))
    .sort((a, b) => b.trial.folds - a.trial.folds || a.trial.logLoss - b.trial.logLoss);
  const better = trials.find(
    ({ trial: { folds: tested, against } }) =>
      tested === folds && against.difference < -SURE * against.standardError,
  );
  return {
    trials: trials.map(({ trial }) => trial),
    chosen: (better?.running ?? base).candidate,
  };
}

function trialOf({ candidate, losses }: Running, base: Running): Trial {
  const compared = [...losses].filter(([fold]) => losses.size === 1 || fold !== 0);
  const differences = compared.flatMap(([fold, values]) => {
    const others = base.losses.get(fold);
    return Array.from(values, (loss, row) => loss - (others?.[row] ?? Number.NaN));
  });
  const difference = mean(differences);
  const variance = mean(differences.map((value) => (value - difference) ** 2));
  return {
    candidate,
    isDefault: losses === base.losses,
    folds: losses.size,
    logLoss: lossOf({ losses }),
    against: { difference, standardError: Math.sqrt(variance / differences.length) },
  };
}

function lossOf({ losses }: Pick<Running, 'losses'>): number {
  return mean([...losses.values()].flatMap((values) => [...values]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
