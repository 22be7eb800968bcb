import { sigmoid } from '../calibration/calibrator.js';
import { categoricalColumn, createTable, numericColumn, type Table } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';

export interface SyntheticTable {
  readonly table: Table;
  readonly labels: Int32Array;
  /** The probability each label was drawn with. */
  readonly truth: Float64Array;
}

/** A table whose truth is known: a bend, an interaction, a category, missing values, and noise. */
export function syntheticTable(rows: number, seed: number): SyntheticTable {
  const random = seededRandom(seed);
  const age = Float64Array.from({ length: rows }, () => 20 + 50 * random.uniform());
  const spend = Float64Array.from({ length: rows }, () => Math.exp(random.normal()));
  const gap = Float64Array.from({ length: rows }, () =>
    random.uniform() < 0.1 ? Number.NaN : random.normal(),
  );
  const plan = Array.from({ length: rows }, () => ['basic', 'plus', 'max'][random.below(3)] ?? 'basic');
  const noise = Float64Array.from({ length: rows }, () => random.normal());
  const truth = Float64Array.from({ length: rows }, (_, i) => {
    const bend = Math.abs((age[i] ?? 0) - 45) / 12 - 1;
    const interaction = plan[i] === 'max' ? 1.5 * Math.log(spend[i] ?? 1) : 0;
    const missing = Number.isNaN(gap[i]) ? 1.5 : 0.5 * (gap[i] ?? 0);
    return sigmoid(-0.5 + 1.2 * bend + interaction + missing);
  });
  const labels = Int32Array.from(truth, (p) => (random.uniform() < p ? 1 : 0));
  const table = createTable([
    numericColumn('age', age),
    numericColumn('spend', spend),
    numericColumn('gap', gap),
    categoricalColumn('plan', plan),
    numericColumn('noise', noise),
  ]);
  return { table, labels, truth };
}
