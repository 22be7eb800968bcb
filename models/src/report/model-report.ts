import { type CalibrationPoint, calibrationCurve } from '../evaluation/calibration-curve.js';
import type { BinaryMetricName, BinaryMetrics, Estimate } from '../evaluation/evaluate-binary.js';
import { type Decile, gainsByDecile } from '../evaluation/gains-by-decile.js';
import { evaluateSlices, type Slice } from '../evaluation/slices.js';
import type { Manifest } from '../registry/manifest.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { selectRows, type Table } from '../tables/table.js';
import { binaryEffects, type EffectModel, type FeatureEffect, featureEffects } from './feature-effects.js';

export type ReportFigures = Readonly<Record<BinaryMetricName, Estimate>>;

/** Everything a reader needs to judge a model; JSON as it stands (NaN becomes null). */
export interface ModelReport {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly trainedAt: string;
  /** How the tested rows were chosen. */
  readonly split: string;
  readonly n: number;
  readonly positives: number;
  readonly data: Manifest['data'];
  readonly seed: number;
  readonly backend: string;
  readonly artifactHash: string;
  readonly calibration: { readonly kind: string; readonly heldOutLogLoss: Readonly<Record<string, number>> };
  readonly metrics: ReportFigures;
  readonly baselines: Readonly<Record<string, ReportFigures>>;
  readonly deciles: readonly Decile[];
  readonly curve: readonly CalibrationPoint[];
  readonly effects: readonly FeatureEffect[];
  readonly slices: readonly Slice[];
  readonly warnings: readonly string[];
  /** Share still there per week, predicted and observed: of "gone by when" models. */
  readonly survival?: readonly SurvivalPoint[];
  /** How good expected amounts are, of the model and its baselines: of value models. */
  readonly amounts?: Readonly<Record<string, ReportAmounts>>;
}

export interface SurvivalPoint {
  readonly week: number;
  readonly predicted: number;
  readonly observed: number;
}

export type ReportAmounts = Readonly<
  Record<'correlation' | 'rankCorrelation' | 'rmse' | 'totalRatio', Estimate>
> & {
  /** Absent in reports of earlier versions. */
  readonly gini?: Estimate;
};

export interface ModelReportInput {
  readonly model: { readonly manifest: Manifest };
  /** What to measure effects of; a yes/no model's own where left out. */
  readonly effects?: EffectModel | undefined;
  readonly survival?: readonly SurvivalPoint[] | undefined;
  readonly amounts?: Readonly<Record<string, ReportAmounts>> | undefined;
  readonly split: string;
  readonly metrics: BinaryMetrics;
  readonly baselines: Readonly<Record<string, BinaryMetrics>>;
  /** The table the tested rows are of. */
  readonly table: Table;
  /** What was predicted on rows the predicting model had not seen. */
  readonly tested: {
    readonly rows: ArrayLike<number>;
    readonly labels: ArrayLike<number>;
    readonly probabilities: ArrayLike<number>;
  };
  /** Columns to slice by; the categorical ones with few levels unless told. */
  readonly sliceBy?: readonly string[] | undefined;
  readonly warnings: readonly string[];
}

const MOST_SLICED = 8;

/** Gathers the report of a trained model. */
export function buildModelReport(input: ModelReportInput): ModelReport {
  const { model, metrics, tested } = input;
  const { manifest } = model;
  const table = selectRows(input.table, tested.rows);
  const effects = input.effects ?? (model instanceof BinaryClassifier ? binaryEffects(model) : undefined);
  return {
    format: 1,
    name: manifest.name,
    version: manifest.version,
    trainedAt: manifest.trainedAt,
    split: input.split,
    n: metrics.n,
    positives: metrics.positives,
    data: manifest.data,
    seed: manifest.seed,
    backend: manifest.backend,
    artifactHash: manifest.artifactHash,
    calibration: { kind: manifest.calibrator.kind, heldOutLogLoss: manifest.calibrationLogLoss },
    metrics: figuresOf(metrics),
    baselines: Object.fromEntries(
      Object.entries(input.baselines).map(([name, figures]) => [name, figuresOf(figures)]),
    ),
    deciles: gainsByDecile(tested.labels, tested.probabilities),
    curve: calibrationCurve(tested.labels, tested.probabilities),
    effects: effects === undefined ? [] : featureEffects(effects, table),
    slices: evaluateSlices({
      table,
      labels: tested.labels,
      probabilities: tested.probabilities,
      columns: input.sliceBy ?? usualSlices(table),
    }),
    warnings: input.warnings,
    ...(input.survival && { survival: input.survival }),
    ...(input.amounts && { amounts: input.amounts }),
  };
}

function figuresOf({ auc, averagePrecision, logLoss, brier, ece }: BinaryMetrics): ReportFigures {
  return { auc, averagePrecision, logLoss, brier, ece };
}

function usualSlices(table: Table): string[] {
  return table.columns
    .filter((column) => column.kind === 'categorical' && column.levels.length <= 8)
    .slice(0, MOST_SLICED)
    .map(({ name }) => name);
}
