import { describe, expect, it } from 'vitest';
import { linearMember, scaledMember } from '../../blending/network-members.js';
import { encodeRows } from '../../networks/encode-rows.js';
import { initialParameters } from '../../networks/ensemble-shape.js';
import { encodedWidth } from '../../networks/feature-encoding.js';
import { fitEncoding } from '../../networks/fit-encoding.js';
import { type MemberNetwork, membersOf } from '../../networks/member-networks.js';
import { createTable, numericColumn, selectRows } from '../../tables/table.js';
import { syntheticTable } from '../../testing/synthetic-table.js';
import { seededRandom } from '../../training/seeded-random.js';
import { CompiledScorer } from '../compiled-scorer.js';
import { TableScorer } from './table-scorer.js';

const { table } = syntheticTable(300, 2);
const encodings = fitEncoding(
  selectRows(
    table,
    Int32Array.from({ length: 250 }, (_, row) => row),
  ),
);
const inputs = encodedWidth(encodings);

function members(shape: {
  members: number;
  hidden: number;
  layers: number;
  outputs: number;
}): MemberNetwork[] {
  const means = new Float32Array(inputs).fill(0.3);
  const whole = { ...shape, inputs };
  const random = seededRandom(1);
  const parameters = initialParameters(whole, { means, spread: 4 }, random).map((parameter) =>
    parameter.name.endsWith('/bias')
      ? { ...parameter, values: parameter.values.map((value) => value + random.normal()) }
      : parameter,
  );
  return membersOf({ shape: whole, parameters });
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

describe('scoring a table by vectors', () => {
  it.each([
    { members: 3, hidden: 12, layers: 3, outputs: 1 },
    { members: 1, hidden: 37, layers: 2, outputs: 7 },
    { members: 2, hidden: 5, layers: 1, outputs: 3 },
    { members: 5, hidden: 64, layers: 4, outputs: 1 },
  ])('agrees with the scorer in plain loops: %o', (shape) => {
    const networks = members(shape);
    const scorer = new CompiledScorer(networks, encodings);
    const scores = new TableScorer(scorer, networks).score(table);
    expect(largestDifference(scores, scorer.score(encodeRows(table, encodings)))).toBeLessThan(1e-5);
  });

  it('agrees for a blend, whose linear member has units that nothing hangs on', () => {
    const shape = { members: 2, hidden: 16, layers: 3, outputs: 1 };
    const random = seededRandom(5);
    const line = { weights: Float64Array.from({ length: inputs }, () => random.normal()), intercept: 0.4 };
    const stored = [
      ...members(shape).map((member) => scaledMember(member, 0.5)),
      linearMember([line], shape, 3),
    ];
    const networks = stored.flatMap(membersOf);
    const scorer = new CompiledScorer(networks, encodings);
    const scores = new TableScorer(scorer, networks).score(table);
    expect(largestDifference(scores, scorer.score(encodeRows(table, encodings)))).toBeLessThan(1e-5);
  });

  it('agrees at the edges of bins, where values are clipped, far outside and where they are missing', () => {
    const networks = members({ members: 2, hidden: 8, layers: 2, outputs: 1 });
    const [encoding] = encodings;
    const edges = encoding?.kind === 'numeric' ? encoding.edges : [];
    const { mean = 0, scale = 1 } = encoding?.kind === 'numeric' ? encoding : {};
    const clips = [mean - 3 * scale, mean + 3 * scale];
    const values = [...edges, ...clips, -1e9, 1e9, Number.NaN].flatMap((value) => [value, value + 1e-7]);
    const probe = createTable(
      selectRows(
        table,
        values.map((_, row) => row),
      ).columns.map((column) =>
        column.name === encoding?.name ? numericColumn(column.name, values) : column,
      ),
    );
    const scorer = new CompiledScorer(networks, encodings);
    const scores = new TableScorer(scorer, networks).score(probe);
    expect(largestDifference(scores, scorer.score(encodeRows(probe, encodings)))).toBeLessThan(1e-5);
  });

  it('says which column is missing', () => {
    const networks = members({ members: 1, hidden: 4, layers: 1, outputs: 1 });
    const scorer = new TableScorer(new CompiledScorer(networks, encodings), networks);
    expect(() => scorer.score({ rows: 1, columns: [] })).toThrow('Expected a column "age"');
  });
});
