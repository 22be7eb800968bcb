import { calibrate } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import type { BinaryClassifier } from '../serving/binary-classifier.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import { type Column, selectRows, type Table } from '../tables/table.js';

export interface FeatureEffect {
  readonly name: string;
  /** Mean absolute change of the log odds (of amounts: of the logarithm) when the feature alone is another row's. */
  readonly importance: number;
  /** Mean prediction of the sample with the feature set to each value: a probability, or an amount of money. */
  readonly dependence: readonly { readonly value: string; readonly probability: number }[];
}

/** A model seen as one number per row. */
export interface EffectModel {
  readonly features: readonly FeatureEncoding[];
  readonly scorer: CompiledScorer;
  /** The number on a scale without ends: log odds, or the logarithm of an amount. @param outputs of one row */
  readonly link: (outputs: Float64Array) => number;
  /** The number as people read it. */
  readonly shown: (outputs: Float64Array) => number;
}

export function binaryEffects({ manifest, scorer }: BinaryClassifier): EffectModel {
  return {
    features: manifest.features,
    scorer,
    link: (outputs) => outputs[0] ?? Number.NaN,
    shown: (outputs) => calibrate(manifest.calibrator, outputs[0] ?? Number.NaN),
  };
}

function read(
  { features, scorer }: EffectModel,
  table: Table,
  number: (outputs: Float64Array) => number,
): Float64Array {
  const outputs = scorer.score(encodeRows(table, features));
  return Float64Array.from({ length: table.rows }, (_, row) =>
    number(outputs.subarray(row * scorer.outputs, (row + 1) * scorer.outputs)),
  );
}

const SAMPLE = 200;
const POINTS = 12;

/**
 * What each feature does to the prediction, most important first: measured on an evenly spaced sample of rows, by
 * changing that feature alone.
 */
export function featureEffects(model: EffectModel, table: Table): FeatureEffect[] {
  const count = Math.min(SAMPLE, table.rows);
  const sample = selectRows(
    table,
    Array.from({ length: count }, (_, i) => Math.floor((i * table.rows) / count)),
  );
  const before = read(model, sample, model.link);
  return model.features
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

function importanceOf(model: EffectModel, { sample, encoding, before }: ImportanceInput): number {
  const shift = Math.max(1, Math.floor(sample.rows / 3));
  const moved = Array.from({ length: sample.rows }, (_, row) => (row + shift) % sample.rows);
  const others = selectRows(sample, moved).columns.find(({ name }) => name === encoding.name);
  if (others === undefined) {
    return 0;
  }
  const after = read(model, withColumn(sample, others), model.link);
  return after.reduce((sum, logit, row) => sum + Math.abs(logit - (before[row] ?? 0)), 0) / sample.rows;
}

function dependenceOf(
  model: EffectModel,
  sample: Table,
  encoding: FeatureEncoding,
): FeatureEffect['dependence'] {
  return settingsOf(encoding).map(({ label, column }) => {
    const shown = read(model, withColumn(sample, column(sample.rows)), model.shown);
    const sum = shown.reduce((total, value) => total + value, 0);
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
