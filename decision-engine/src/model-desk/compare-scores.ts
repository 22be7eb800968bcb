import { meanWithInterval } from '../evaluation/mean-with-interval.js';

/** One score of the model in force beside the challenger's, and the answer where it is known. */
export type ScorePair = { readonly inForce: number; readonly shadow: number; readonly yes: boolean | null };

type Interval = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

export type ScoreComparison = {
  readonly n: number;
  readonly meanInForce: number | null;
  readonly meanShadow: number | null;
  /** Shadow less in force, paired, 95 %. */
  readonly difference: Interval;
  /** Pearson's; null for fewer than three pairs, or where one doesn't vary. */
  readonly correlation: number | null;
  /** Mean negative log-likelihood of both on answered pairs, and their paired difference. */
  readonly answered: {
    readonly n: number;
    readonly inForce: number;
    readonly shadow: number;
    readonly difference: Interval;
  } | null;
};

/** How far two models' scores of the same offers are apart, and which was nearer to what came. */
export function compareScores(pairs: readonly ScorePair[]): ScoreComparison {
  const answered = pairs.filter(({ yes }) => yes !== null);
  const losses = answered.map(({ inForce, shadow, yes }) => ({
    inForce: logLoss(inForce, yes === true),
    shadow: logLoss(shadow, yes === true),
  }));
  return {
    n: pairs.length,
    meanInForce: meanOf(pairs.map(({ inForce }) => inForce)),
    meanShadow: meanOf(pairs.map(({ shadow }) => shadow)),
    difference: estimate(pairs.map(({ inForce, shadow }) => shadow - inForce)),
    correlation: correlation(pairs),
    answered:
      losses.length === 0
        ? null
        : {
            n: losses.length,
            inForce: meanOf(losses.map((loss) => loss.inForce)) ?? 0,
            shadow: meanOf(losses.map((loss) => loss.shadow)) ?? 0,
            difference: estimate(losses.map((loss) => loss.shadow - loss.inForce)),
          },
  };
}

const CLIP = 1e-7;

function logLoss(probability: number, yes: boolean): number {
  const clipped = Math.min(1 - CLIP, Math.max(CLIP, probability));
  return -Math.log(yes ? clipped : 1 - clipped);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanWithInterval(values).mean;
}

function estimate(values: readonly number[]): Interval {
  if (values.length === 0) return { value: null, low: null, high: null };
  const { mean, interval } = meanWithInterval(values);
  return { value: mean, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}

function correlation(pairs: readonly ScorePair[]): number | null {
  if (pairs.length < 3) return null;
  const [x, y] = [
    meanOf(pairs.map((each) => each.inForce)) ?? 0,
    meanOf(pairs.map((each) => each.shadow)) ?? 0,
  ];
  let [xy, xx, yy] = [0, 0, 0];
  for (const { inForce, shadow } of pairs) {
    xy += (inForce - x) * (shadow - y);
    xx += (inForce - x) ** 2;
    yy += (shadow - y) ** 2;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
