import { describe, expect, it } from 'vitest';
import { BENCH_POLICIES, benchActions } from '../bench/bench-catalogue.js';
import { benchHistory } from '../testing/bench-history.js';
import { deciderOf, inputOf } from '../testing/decision-fixtures.js';
import { packCandidates, unpackCandidates } from './pack-candidates.js';

const { candidates } = deciderOf(benchActions(50), BENCH_POLICIES).decide(
  inputOf({
    channels: ['email'],
    profile: {
      traits: { age: 40 },
      features: { orders_90d: 2, support_unresolved: 0 },
      sentiment: 0.2,
      contactHistory: benchHistory(),
    },
  }),
);

describe('packCandidates', () => {
  it('comes back as it was, also after a trip through JSON', () => {
    const stored: unknown = JSON.parse(JSON.stringify(packCandidates(candidates)));
    expect(unpackCandidates(stored as ReturnType<typeof packCandidates>)).toEqual(candidates);
  });

  it('is less than half the size', () => {
    expect(JSON.stringify(packCandidates(candidates)).length).toBeLessThan(
      JSON.stringify(candidates).length / 2,
    );
  });

  it('reads records from when the table was stored as documents', () => {
    const packed = packCandidates(candidates);
    const table: object = packed.version === 2 ? JSON.parse(packed.text) : packed;
    const first = { ...table, version: 1 } as ReturnType<typeof packCandidates>;
    expect(unpackCandidates(first)).toEqual(candidates);
  });

  it('refuses a record whose rules are missing', () => {
    const text = JSON.stringify({ rules: [], candidates: [{ ...candidates[0], rules: [0] }] });
    expect(() => unpackCandidates({ version: 2, text })).toThrow('Expected rule 0 of 0');
  });
});
