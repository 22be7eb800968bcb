import { calibrate } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import type { BinaryClassifier } from '../serving/binary-classifier.js';
import { type Column, selectRows, type Table } from '../tables/table.js';

export interface FeatureEffect {
  readonly name: string;
  /** Mean absolute change of the log odds when the feature alone is replaced by that of another row. */
  readonly importance: number;
  /** Mean predicted probability of the sample with the feature set to each value. */
  readonly dependence: readonly { readonly value: string; readonly probability: number }[];
}

const SAMPLE = 200;
const POINTS = 12;

/**
 * What each feature does to the prediction, most important first: measured on an evenly spaced sample of rows, by
 * changing that feature alone.
 */
export function featureEffects(model: BinaryClassifier, table: Table): FeatureEffect[] {
  const count = Math.min(SAMPLE, table.rows);
  const sample = selectRows(
    table,
    Array.from({ length: count }, (_, i) => Math.floor((i * table.rows) / count)),
  );
  const before = model.logits(sample);
  return model.manifest.features
    .map((encoding) => ({
      name: encoding.name,
      importance: importanceOf(model, { sample, encoding, before }),
      dependence: dependenceOf(model, sample, encoding),
    }))
    .sort((a, b) => b.importance - a.importance || (a.name < b.name ? -1 : 1));
}

interface ImportanceInput {
  readonly sample: Table;
  readonly encoding: FeatureEncoding;
  readonly before: Float64Array;
}

function importanceOf(model: BinaryClassifier, { sample, encoding, before }: ImportanceInput): number {
  const shift = Math.max(1, Math.floor(sample.rows / 3));
  const moved = Array.from({ length: sample.rows }, (_, row) => (row + shift) % sample.rows);
  const others = selectRows(sample, moved).columns.find(({ name }) => name === encoding.name);
  if (others === undefined) {
    return 0;
  }
  const after = model.logits(withColumn(sample, others));
  return after.reduce((sum, logit, row) => sum + Math.abs(logit - (before[row] ?? 0)), 0) / sample.rows;
}

function dependenceOf(
  model: BinaryClassifier,
  sample: Table,
  encoding: FeatureEncoding,
): FeatureEffect['dependence'] {
  return settingsOf(encoding).map(({ label, column }) => {
    const scores = model.scorer.score(
      encodeRows(withColumn(sample, column(sample.rows)), model.manifest.features),
    );
    const sum = scores.reduce((total, logit) => total + calibrate(model.manifest.calibrator, logit), 0);
    return { value: label, probability: sum / sample.rows };
  });
}

interface Setting {
  readonly label: string;
  readonly column: (rows: number) => Column;
}

function settingsOf(encoding: FeatureEncoding): Setting[] {
  if (encoding.kind === 'categorical') {
    return encoding.levels.slice(0, POINTS).map((level) => ({
      label: level,
      column: (rows) => ({
        kind: 'categorical',
        name: encoding.name,
        levels: [level],
        codes: new Int32Array(rows),
      }),
    }));
  }
  const { edges } = encoding;
  const count = Math.min(POINTS, edges.length);
  return Array.from({ length: count }, (_, i) => {
    const value = edges[Math.round((i * (edges.length - 1)) / Math.max(1, count - 1))] ?? 0;
    return {
      label: String(Number(value.toPrecision(4))),
      column: (rows) => ({
        kind: 'numeric',
        name: encoding.name,
        values: new Float64Array(rows).fill(value),
      }),
    };
  });
}

function withColumn(table: Table, column: Column): Table {
  return { rows: table.rows, columns: table.columns.map((old) => (old.name === column.name ? column : old)) };
}
