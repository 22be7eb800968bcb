import { describe, expect, it } from 'vitest';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { categoricalColumn, createTable, numericColumn } from '../tables/table.js';
import { seededRandom } from '../training/seeded-random.js';
import { fitRidge, linearLogits, type Ridge } from './ridge-regression.js';

/** One action in ten is taken up often, the others seldom; a number says nothing. */
function fewActions(rows: number) {
  const random = seededRandom(3);
  const actions = Array.from({ length: rows }, (_, row) => `a${row % 10}`);
  const labels = Uint8Array.from(actions, (action) =>
    random.uniform() < (action === 'a0' ? 0.6 : 0.1) ? 1 : 0,
  );
  const noise = numericColumn(
    'noise',
    Array.from({ length: rows }, () => random.normal()),
  );
  const table = createTable([categoricalColumn('action', actions), noise]);
  const encoded = encodeRows(table, fitEncoding(table));
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const probability = (ridge: Ridge) => {
    const logits = linearLogits(encoded, fitRidge(encoded, { labels, rows: all, ridge }), all);
    return (action: number) => 1 / (1 + Math.exp(-(logits[action] ?? 0)));
  };
  const share = (action: number) =>
    labels.filter((label, row) => label === 1 && row % 10 === action).length / (rows / 10);
  return { probability, share };
}

describe('fitRidge', () => {
  it('lets categories differ where numbers are held tight', () => {
    const { probability, share } = fewActions(1000);
    const apart = probability({ numbers: 300, categories: 3 });
    const together = probability(300);
    expect(apart(0)).toBeGreaterThan(share(0) - 0.12);
    expect(together(0)).toBeLessThan(share(0) - 0.2);
    expect(Math.abs(apart(1) - share(1))).toBeLessThan(0.05);
  });

  it('is the same for one penalty, and for that penalty named twice', () => {
    const { probability } = fewActions(300);
    const [one, two] = [probability(50), probability({ numbers: 50, categories: 50 })];
    expect([0, 1, 2].map(one)).toEqual([0, 1, 2].map(two));
  });
});
