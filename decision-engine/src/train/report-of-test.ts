import { type BinaryClassifier, type BinaryMetrics, buildModelReport, type ModelReport } from '@segue/models';

/** A yes/no model that was tested on rows it had not seen. */
export type TestedModel = {
  readonly model: BinaryClassifier;
  readonly split: string;
  readonly metrics: BinaryMetrics;
  readonly baselines: Readonly<Record<string, BinaryMetrics>>;
  readonly tested: {
    readonly table: Parameters<typeof buildModelReport>[0]['table'];
    readonly labels: ArrayLike<number>;
    readonly probabilities: ArrayLike<number>;
  };
  readonly warnings: readonly string[];
};

export function reportOfTest({
  model,
  split,
  metrics,
  baselines,
  tested,
  warnings,
}: TestedModel): ModelReport {
  const { table, labels, probabilities } = tested;
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  return buildModelReport({
    model,
    split,
    metrics,
    baselines,
    table,
    tested: { rows, labels, probabilities },
    warnings,
  });
}

/** What to say where the time was up before training was done. */
export function outOfTime(cutShort: boolean): string[] {
  return cutShort
    ? [
        'the time budget cut training short: figures may be better, and repeat exactly, with a larger --budget',
      ]
    : [];
}
