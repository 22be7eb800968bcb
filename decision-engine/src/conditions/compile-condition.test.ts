import { describe, expect, it } from 'vitest';
import { localTime } from '../policy/local-time.js';
import { type InputChanges, inputOf } from '../testing/decision-fixtures.js';
import { type CompileProblem, compileCondition } from './compile-condition.js';
import { type Condition, conditionSchema } from './condition.js';
import type { Facts } from './facts.js';
import type { ProfileSchema } from './profile-schema.js';

function factsOf(changes: InputChanges): Facts {
  const { profile, context, now } = inputOf(changes);
  return {
    profile,
    context,
    channel: 'agent',
    now: now.getTime(),
    contacts: profile.contactHistory,
    profilingHidden: false,
    localTime: () => localTime(now.getTime(), profile.timeZone),
  };
}

function run(condition: Condition, changes: InputChanges = {}) {
  const problems: CompileProblem[] = [];
  const compiled = compileCondition(condition, { schema: {}, path: [], problems });
  expect(problems).toEqual([]);
  const facts = factsOf(changes);
  return { truth: compiled.test(facts), why: compiled.explain(facts) };
}

function problemsOf(condition: Condition, schema: ProfileSchema): string[] {
  const problems: CompileProblem[] = [];
  compileCondition(condition, { schema, path: ['when'], problems });
  return problems.map(({ path, expected, got }) => `${path.join('.')}: ${expected}; got ${got}`);
}

const old: Condition = { field: 'traits.age', op: 'gte', value: 65 };
const rich: Condition = { field: 'features.spend', op: 'gt', value: 1_000 };

describe('compileCondition', () => {
  it.each<[string, Condition, InputChanges, string, string]>([
    ['a number', old, { profile: { traits: { age: 40 } } }, 'false', 'traits.age is 40, wanted at least 65'],
    ['an unknown', old, {}, 'unknown', 'traits.age is not known, wanted at least 65'],
    [
      'all: names only what failed',
      { all: [old, rich] },
      { profile: { traits: { age: 70 }, features: { spend: 3 } } },
      'false',
      'features.spend is 3, wanted above 1000',
    ],
    [
      'any: names all that failed',
      { any: [old, rich] },
      { profile: { traits: { age: 7 }, features: { spend: 3 } } },
      'false',
      'traits.age is 7, wanted at least 65 and features.spend is 3, wanted above 1000',
    ],
    [
      'any: names what held',
      { any: [old, rich] },
      { profile: { traits: { age: 7 }, features: { spend: 3_000 } } },
      'true',
      'features.spend is 3000, wanted above 1000',
    ],
    [
      'not',
      { not: old },
      { profile: { traits: { age: 70 } } },
      'false',
      'not (traits.age is 70, wanted at least 65)',
    ],
    [
      'between',
      { field: 'local.hour', op: 'between', value: [9, 17] },
      {},
      'true',
      'local.hour is 12, wanted between 9 and 17',
    ],
    [
      'weekday',
      { field: 'local.weekday', op: 'in', value: ['sat', 'sun'] },
      {},
      'true',
      'local.weekday is "sun", wanted one of sat, sun',
    ],
    [
      'list',
      { field: 'segments', op: 'containsNone', value: ['staff', 'test'] },
      { profile: { segments: ['test'] } },
      'false',
      'segments is test, wanted none of staff, test',
    ],
    [
      'all of a list',
      { field: 'segments', op: 'containsAll', value: ['a', 'b'] },
      { profile: { segments: ['a', 'b', 'c'] } },
      'true',
      'segments is a, b, c, wanted all of a, b',
    ],
    [
      'part of a text',
      { field: 'context.page', op: 'contains', value: '/SALE' },
      { context: { page: '/en/sale/shoes' } },
      'true',
      'context.page is "/en/sale/shoes", wanted something with "/SALE"',
    ],
    [
      'missing',
      { field: 'traits.phone', op: 'missing' },
      {},
      'true',
      'traits.phone is not known, wanted none',
    ],
    [
      'consent',
      { field: 'consent.sms.marketing', op: 'eq', value: 'granted' },
      { profile: { consent: {} } },
      'false',
      'consent.sms.marketing is "unknown", wanted "granted"',
    ],
    [
      'a fact of the context',
      { field: 'context.basket', op: 'gt', value: 50 },
      { context: { facts: { basket: 80 } } },
      'true',
      'context.basket is 80, wanted above 50',
    ],
    [
      'a fact that is an object',
      { field: 'context.basket', op: 'gt', value: 50 },
      { context: { facts: { basket: { total: 80 } } } },
      'unknown',
      'context.basket is not known, wanted above 50',
    ],
    [
      'a date',
      { field: 'firstSeenAt', op: 'lt', value: '2026-01-01' },
      {},
      'true',
      'firstSeenAt is 2025-11-01T00:00:00.000Z, wanted below "2026-01-01"',
    ],
  ])('%s', (...row) => {
    const [, condition, changes, truth, why] = row;
    expect(run(condition, changes)).toEqual({ truth, why });
  });

  it.each<[string, Condition, string]>([
    [
      'a feature that does not exist',
      { all: [{ field: 'features.orders', op: 'gt', value: 1 }] },
      'when.all.0.field: a feature: one of orders_90d; got features.orders',
    ],
    [
      'a root that does not exist',
      { field: 'trait.age', op: 'gt', value: 1 },
      'when.field: one of language, timeZone, firstSeenAt, noProfiling, sentiment, segments, lists, scores.churn, scores.value, context.channel, context.placement, context.topic … (16 names), or features.*, traits.*, computed.*, context.*, consent.*; got trait.age',
    ],
    [
      'text for a number',
      { field: 'features.orders_90d', op: 'gt', value: '2026-01-01' },
      'when.value: a number, as the field is; got "2026-01-01" (string)',
    ],
    [
      'a list operator for a number',
      { not: { field: 'features.orders_90d', op: 'containsAny', value: [1] } },
      'when.not.op: an operator for a number field ("features.orders_90d"); "containsAny" takes list; got containsAny',
    ],
    [
      'a date that is none',
      { field: 'firstSeenAt', op: 'lt', value: 'yesterday' },
      'when.value: an ISO 8601 date; got "yesterday"',
    ],
  ])('refuses %s', (_name, condition, problem) => {
    expect(problemsOf(condition, { features: ['orders_90d'] })).toEqual([problem]);
  });
});

describe('conditionSchema', () => {
  const nested = (depth: number): unknown => (depth === 0 ? old : { not: nested(depth - 1) });

  it('limits depth and size', () => {
    expect(conditionSchema.safeParse(nested(10)).success).toBe(true);
    expect(conditionSchema.safeParse(nested(11)).success).toBe(false);
    expect(conditionSchema.safeParse({ all: Array.from({ length: 199 }, () => old) }).success).toBe(true);
    expect(conditionSchema.safeParse({ all: Array.from({ length: 200 }, () => old) }).success).toBe(false);
  });

  it('reads nothing that an object merely inherits', () => {
    expect(run({ field: 'traits.constructor', op: 'exists' }).truth).toBe('false');
    expect(run({ field: 'features.toString', op: 'exists' }).truth).toBe('false');
    expect(run({ field: 'context.valueOf', op: 'exists' }).truth).toBe('false');
  });

  it('survives a condition nested far too deep', () => {
    expect(conditionSchema.safeParse(nested(5_000)).success).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['null', null],
    ['no operator', { field: 'traits.age' }],
    ['two joints at once', { all: [old], any: [old] }],
    ['an empty list', { any: [] }],
    ['a field that reaches into the prototype', { field: '__proto__.polluted', op: 'exists' }],
    ['a window without a unit', { count: 'events', event: 'x', within: '30', op: 'gte', value: 1 }],
    ['code', { field: 'traits.age', op: 'eq', value: () => true }],
    ['NaN', { field: 'traits.age', op: 'gt', value: Number.NaN }],
  ])('refuses %s', (_name, condition) => {
    expect(conditionSchema.safeParse(condition).success).toBe(false);
  });
});
