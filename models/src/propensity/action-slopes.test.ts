import { describe, expect, it } from 'vitest';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { Attributor } from '../reasons/attributor.js';
import { categoricalColumn, createTable, numericColumn, type Table } from '../tables/table.js';
import { fitBinaryClassifier } from '../training/fit-binary-classifier.js';
import { seededRandom } from '../training/seeded-random.js';
import { fitActionSlopes } from './action-slopes.js';
import { addActionSlopes } from './add-action-slopes.js';

const ROWS = 4000;

/** Price draws people to one action and puts them off another; noise does nothing to either. */
function offers(pull: number): { table: Table; labels: Uint8Array } {
  const random = seededRandom(5);
  const action = Array.from({ length: ROWS }, () => (random.uniform() < 0.5 ? 'discount' : 'premium'));
  const price = Array.from({ length: ROWS }, () => random.normal());
  const noise = Array.from({ length: ROWS }, () => random.normal());
  const labels = Uint8Array.from(action, (name, row) => {
    const logit = -1 + (name === 'discount' ? pull : -pull) * (price[row] ?? 0);
    return random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  return {
    table: createTable([
      numericColumn('price', price),
      numericColumn('noise', noise),
      categoricalColumn('action', action),
    ]),
    labels,
  };
}

function fitOn({ table, labels }: ReturnType<typeof offers>) {
  const encoded = encodeRows(table, fitEncoding(table));
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const offsets = new Float64Array(ROWS).fill(-1);
  return fitActionSlopes({ encoded, labels, offsets, rows });
}

describe('fitActionSlopes', () => {
  it('finds what each action hangs on, and leaves alone what none does', () => {
    const fitted = fitOn(offers(0.8));
    expect(fitted).toHaveLength(2);
    // Levels are in order of the alphabet, and so are slots.
    const [discount, premium] = [...fitted].sort((a, b) => a.slot - b.slot).map(({ slopes }) => [...slopes]);
    expect(discount?.[0]).toBeCloseTo(0.8, 0);
    expect(premium?.[0]).toBeCloseTo(-0.8, 0);
    expect(Math.abs(discount?.[1] ?? 1)).toBeLessThan(0.1);
  });

  it('makes next to nothing of noise', () => {
    const fitted = fitOn(offers(0));
    const largest = Math.max(0, ...fitted.flatMap(({ slopes }) => [...slopes].map(Math.abs)));
    expect(largest).toBeLessThan(0.1);
  });

  it('has none for actions that were hardly shown', () => {
    const { table, labels } = offers(0.8);
    const encoded = encodeRows(table, fitEncoding(table));
    const few = Int32Array.from({ length: 150 }, (_, row) => row);
    expect(fitActionSlopes({ encoded, labels, offsets: new Float64Array(ROWS), rows: few })).toEqual([]);
  });
});

describe('addActionSlopes', { timeout: 60_000 }, () => {
  it('adds them to a network that knows none, exactly, and reasons still add up', async () => {
    const { table, labels } = offers(1);
    const common = await fitBinaryClassifier({
      table,
      labels,
      seed: 1,
      name: 'propensity',
      version: 'v1',
      trainedAt: '2026-01-01',
      bags: 1,
      taught: false,
      recipe: { members: 1, hidden: 4, layers: 1, maxEpochs: 1 },
    });
    const classifier = await addActionSlopes(common, { table, labels });
    expect(classifier.manifest.notes['actionSlopes']).toBe(2);
    const encoded = encodeRows(table, classifier.manifest.features);
    const slopes = fitActionSlopes({
      encoded,
      labels,
      offsets: common.logits(table),
      rows: Int32Array.from({ length: ROWS }, (_, row) => row),
    });
    const before = common.logits(table);
    const after = classifier.logits(table);
    const slots = encoded.features.find(({ encoding }) => encoding.name === 'action')?.slots ?? [];
    const off = Array.from(after.subarray(0, 200), (logit, row) => {
      const own = slopes.find(({ slot }) => slot === slots[row]);
      const [price = 0, noise = 0] = encoded.features
        .filter(({ encoding }) => encoding.kind === 'numeric')
        .map(({ standard }) => standard[row] ?? 0);
      const expected =
        (before[row] ?? 0) +
        (own?.constant ?? 0) +
        price * (own?.slopes[0] ?? 0) +
        noise * (own?.slopes[1] ?? 0);
      return Math.abs(logit - expected);
    });
    expect(Math.max(...off)).toBeLessThan(1e-4);

    const attributor = new Attributor(classifier.toArtifact(), classifier.scorer);
    const dear = attributor.explain(encoded.features.map((feature) => ({ feature, row: 3 })));
    const sum = [...dear.contributions.values()].reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(dear.logit - dear.base, 6);
    expect(dear.logit).toBeCloseTo(after[3] ?? Number.NaN, 4);
  });
});
