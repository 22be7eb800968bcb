import { z } from 'zod';

const distributionSchema = z.object({
  /** Ascending; `edges.length + 1` bins lie before, between and after them. */
  edges: z.array(z.number()),
  /** Rows per bin, then the rows without a value. */
  counts: z.array(z.int().min(0)).min(2),
});

/** How often values lie in each of a few bins, and how often they are missing. */
export type Distribution = z.infer<typeof distributionSchema>;

const referenceSchema = z.object({
  format: z.literal(1),
  rows: z.int().min(0),
  /** Mean prediction, in the model's own unit. */
  meanScore: z.number(),
  score: distributionSchema,
  features: z.record(z.string(), distributionSchema),
});

/** What a model's customers looked like when it was tested: what drift is measured from. */
export type DriftReference = z.infer<typeof referenceSchema>;

/** @throws Error where it is no reference of this version */
export function parseDriftReference(stored: unknown): DriftReference {
  const parsed = referenceSchema.safeParse(stored);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  throw new Error(
    `Expected a drift reference of this version, got a problem at "${issue?.path.join('.')}": ${issue?.message}. Train again.`,
  );
}

const BINS = 10;

/** Bins with about equally many values; fewer where values repeat. NaN is missing. */
export function distributionOf(values: ArrayLike<number>): Distribution {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < BINS; bin += 1) {
    const edge = sorted[Math.floor((bin * sorted.length) / BINS)];
    // A bin that begins at the smallest value would leave nothing before it.
    if (edge !== undefined && edge > (sorted[0] ?? edge)) {
      edges.add(edge);
    }
  }
  return counted([...edges], values);
}

/** Values counted into given bins. @param edges ascending */
export function counted(edges: readonly number[], values: ArrayLike<number>): Distribution {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const bin = Number.isNaN(value) ? edges.length + 1 : edges.filter((edge) => value >= edge).length;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: [...edges], counts };
}

/** Half a row in every bin keeps an empty one from an endless index. */
const SMOOTHING = 0.5;

/**
 * Population stability index of two distributions over the same bins, missing values a bin of their own: the sum over bins
 * of (actual - expected share) times the logarithm of their ratio. Below 0.1 nothing to speak of, above 0.25 another
 * population (the usual reading, e.g. Siddiqi 2006).
 */
export function stabilityIndex(expected: Distribution, actual: Distribution): number {
  const shares = ({ counts }: Distribution) => {
    const total = counts.reduce((sum, count) => sum + count + SMOOTHING, 0);
    return counts.map((count) => (count + SMOOTHING) / total);
  };
  const before = shares(expected);
  return shares(actual).reduce((sum, share, bin) => {
    const was = before[bin] ?? share;
    return sum + (share - was) * Math.log(share / was);
  }, 0);
}
