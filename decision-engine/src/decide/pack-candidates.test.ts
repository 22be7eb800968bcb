import { describe, expect, it } from 'vitest';
import { priorityText } from '../arbitration/priority-text.js';
import { BENCH_POLICIES, benchActions } from '../bench/bench-catalogue.js';
import { benchHistory } from '../testing/bench-history.js';
import { deciderOf, inputOf } from '../testing/decision-fixtures.js';
import type { Priority } from './decision-result.js';
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

  it('is less than a fifth of the size', () => {
    expect(JSON.stringify(packCandidates(candidates)).length).toBeLessThan(
      JSON.stringify(candidates).length / 5,
    );
  });

  it('keeps of a rule that holds or drops how and until when', () => {
    const stopped = candidates.flatMap(({ rules }) => rules.filter(({ effect }) => effect !== undefined));
    expect(stopped.some(({ until }) => until instanceof Date)).toBe(true);
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('Expected a candidate');
    const held = {
      stage: 'contactPolicy',
      rule: 'night',
      passed: false,
      effect: 'hold',
      until: new Date('2026-11-23T08:00:00.123Z'),
      detail: 'quiet',
      compared: { hour: 23, zone: null },
    } as const;
    const without = { ...held, until: undefined, compared: undefined };
    const changed = [
      { ...candidate, rules: [held] },
      { ...candidate, rules: [without, held], priority: null },
    ];
    expect(unpackCandidates(packCandidates(changed))).toEqual(changed);
  });

  it('packs nothing as nothing', () => {
    expect(unpackCandidates(packCandidates([]))).toEqual([]);
  });

  const textOf = (priority: Priority | null) =>
    priority && { ...priority, arithmetic: priorityText(priority) };
  const allRules = [...new Set(candidates.flatMap(({ rules }) => rules))];
  const named = allRules.map(({ until, ...rule }) => ({ ...rule, until: until?.toISOString() }));
  const places = candidates.map(({ rules }) => rules.map((rule) => allRules.indexOf(rule)));

  it('reads records from when each candidate was stored as a document', () => {
    const rows = candidates.map((candidate, index) => {
      const priority = textOf(candidate.priority);
      if (priority === null) return { ...candidate, priority, rules: places[index] ?? [] };
      const { byFormula, ...numbers } = priority;
      return { ...candidate, priority: numbers, rules: places[index] ?? [] };
    });
    expect(unpackCandidates({ version: 1, rules: named, candidates: rows })).toEqual(candidates);
  });

  const columns = {
    actionId: candidates.map(({ actionId }) => actionId),
    treatmentId: candidates.map(({ treatmentId }) => treatmentId),
    channel: candidates.map(({ channel }) => channel),
    group: candidates.map(({ group }) => group),
    issue: candidates.map(({ issue }) => issue),
    class: candidates.map((candidate) => candidate.class),
    status: candidates.map(({ status }) => status),
    rank: candidates.map(({ rank }) => rank),
    probability: candidates.map(({ probability }) => probability),
    priorities: candidates.map(
      ({ priority }) =>
        priority && [
          priority.propensity,
          priority.standardError,
          priority.contextWeight,
          priority.value,
          priority.levers,
          priority.contactCost,
          priority.priority,
          priorityText(priority),
          priority.weights,
        ],
    ),
    ruleLists: places,
    rules: named,
  };
  const asColumns = (changed: object) =>
    ({ version: 2, text: JSON.stringify({ ...columns, ...changed }) }) as const;

  it('reads records from when each field was a whole column', () => {
    expect(unpackCandidates(asColumns({}))).toEqual(candidates);
  });

  it('refuses a record whose rules or candidates are cut off', () => {
    expect(() => unpackCandidates(asColumns({ rules: [] }))).toThrow('Expected rule 0 of 0');
    expect(() => unpackCandidates(asColumns({ channel: [] }))).toThrow('in every column, got 0');
    const packed = packCandidates(candidates);
    const table: { fields?: object } = packed.version === 3 ? JSON.parse(packed.text) : {};
    const cut = (changed: object) =>
      ({ version: 3, text: JSON.stringify({ ...table, ...changed }) }) as const;
    expect(() => unpackCandidates(cut({ rules: [] }))).toThrow('Expected rule 0 of 0');
    expect(() => unpackCandidates(cut({ fields: { ...table.fields, channel: [] } }))).toThrow(
      'in every column, got 0',
    );
  });
});
