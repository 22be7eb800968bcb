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

  it('reads records from when each candidate was stored as a document', () => {
    const all = [...new Set(candidates.flatMap(({ rules }) => rules))];
    const packed = {
      version: 1 as const,
      rules: all.map(({ until, ...rule }) => ({ ...rule, until: until?.toISOString() })),
      candidates: candidates.map((candidate) => ({
        ...candidate,
        rules: candidate.rules.map((rule) => all.indexOf(rule)),
      })),
    };
    expect(unpackCandidates(packed)).toEqual(candidates);
  });

  it('refuses a record whose rules or candidates are cut off', () => {
    const packed = packCandidates(candidates);
    const columns: object = packed.version === 2 ? JSON.parse(packed.text) : {};
    const withColumns = (changed: object) => ({
      version: 2 as const,
      text: JSON.stringify({ ...columns, ...changed }),
    });
    expect(() => unpackCandidates(withColumns({ rules: [] }))).toThrow('Expected rule 0 of 0');
    expect(() => unpackCandidates(withColumns({ channel: [] }))).toThrow('in every column, got 0');
  });
});
