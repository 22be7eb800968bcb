import type { Table } from '../tables/table.js';
import { counted, type DriftReference, distributionOf, stabilityIndex } from './distribution.js';

export type DriftLevel = 'steady' | 'watch' | 'drifted';

export type FeatureDrift = { readonly name: string; readonly psi: number; readonly level: DriftLevel };

/** Predicted and observed shares of one stretch of time. */
export type CalibrationInTime = {
  /** ISO day the stretch begins. */
  readonly from: string;
  readonly n: number;
  readonly predicted: number;
  readonly observed: number;
  /** 95 % interval of the observed share. */
  readonly low: number;
  readonly high: number;
};

export type Drift = {
  readonly level: DriftLevel;
  readonly rows: number;
  readonly score: {
    readonly psi: number;
    readonly level: DriftLevel;
    readonly mean: number;
    readonly meanBefore: number;
  };
  /** Most drifted first. */
  readonly features: readonly FeatureDrift[];
  /** Oldest first; empty where nothing is known yet. */
  readonly calibration: readonly CalibrationInTime[];
  /** What drifted, in words. */
  readonly reasons: readonly string[];
};

const PSI_WATCH = 0.1;
const PSI_DRIFTED = 0.25;
/** Beyond the interval and by more than this, predictions are off. */
const OFF_BY = 0.05;
/** Of features, one may change by itself; of so large a share it is another population. */
const MANY_FEATURES = 0.2;

function levelOf(psi: number): DriftLevel {
  return psi >= PSI_DRIFTED ? 'drifted' : psi >= PSI_WATCH ? 'watch' : 'steady';
}

/** What to measure drift from later. @param scores predictions, one per row of the table */
export function driftReference(table: Table, scores: ArrayLike<number>): DriftReference {
  return {
    format: 1,
    rows: table.rows,
    meanScore: mean(scores),
    score: distributionOf(scores),
    features: Object.fromEntries(
      table.columns.flatMap((column) =>
        column.kind === 'numeric' ? [[column.name, distributionOf(column.values)]] : [],
      ),
    ),
  };
}

/**
 * How far customers and predictions have moved since a model was tested, and whether what it predicted came.
 *
 * @param now the customers of today, at least with the columns of the reference
 */
export function measureDrift(
  reference: DriftReference,
  now: { readonly table: Table; readonly scores: ArrayLike<number> },
  calibration: readonly CalibrationInTime[],
): Drift {
  const byName = new Map(now.table.columns.map((column) => [column.name, column]));
  const features = Object.entries(reference.features)
    .flatMap(([name, expected]): FeatureDrift[] => {
      const column = byName.get(name);
      if (column?.kind !== 'numeric') {
        return [];
      }
      const psi = stabilityIndex(expected, counted(expected.edges, column.values));
      return [{ name, psi, level: levelOf(psi) }];
    })
    .sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
  const psi = stabilityIndex(reference.score, counted(reference.score.edges, now.scores));
  const score = { psi, level: levelOf(psi), mean: mean(now.scores), meanBefore: reference.meanScore };
  const drifted = features.filter(({ level }) => level === 'drifted');
  const latest = calibration.at(-1);
  const isOff =
    latest !== undefined &&
    (latest.predicted < latest.low || latest.predicted > latest.high) &&
    Math.abs(latest.predicted - latest.observed) > OFF_BY;
  const reasons = [
    ...(score.level === 'drifted'
      ? [
          `scores moved: mean ${score.mean.toFixed(3)}, was ${score.meanBefore.toFixed(3)} (PSI ${psi.toFixed(2)})`,
        ]
      : []),
    ...(drifted.length > MANY_FEATURES * features.length
      ? [
          `${drifted.length} of ${features.length} features moved, most: ${drifted
            .slice(0, 3)
            .map((each) => `${each.name} (PSI ${each.psi.toFixed(2)})`)
            .join(', ')}`,
        ]
      : []),
    ...(isOff
      ? [
          `predicted ${(latest.predicted * 100).toFixed(1)} % from ${latest.from} on, ${(latest.observed * 100).toFixed(1)} % came (${(latest.low * 100).toFixed(1)} to ${(latest.high * 100).toFixed(1)} %, ${latest.n} cases)`,
        ]
      : []),
  ];
  const watched = score.level !== 'steady' || features.some(({ level }) => level !== 'steady');
  return {
    level: reasons.length > 0 ? 'drifted' : watched ? 'watch' : 'steady',
    rows: now.table.rows,
    score,
    features,
    calibration,
    reasons,
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) {
    sum += values[row] ?? 0;
  }
  return values.length === 0 ? 0 : sum / values.length;
}
