import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Policies, type PoliciesInput, parsePolicies } from '../policy/policies.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { buildReport, type ReportAsked } from './build-report.js';
import { readCohort } from './cohort.js';
import { readExperiments } from './read-experiments.js';
import { readRows } from './read-rows.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const window = { from: daysAgo(28), to: NOW };
const heldOutPolicies = policiesOf({ globalHoldOut: { share: 0.5 }, company: { costPerConversation: 6 } });
const asking = (asked: Partial<ReportAsked> = {}): ReportAsked => ({
  window,
  against: null,
  policies: policiesOf({ company: { costPerConversation: 6, costPerConversationHour: 1 } }),
  serviceActions: new Set(['express']),
  timeZone: 'UTC',
  now: NOW,
  ...asked,
});
function policiesOf(input: PoliciesInput): Policies {
  const parsed = parsePolicies(input);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.policies;
}
const before = { from: daysAgo(56), to: daysAgo(28) };

let stage: TestEngine;
const ids = new Map<string, string>();

type Tracked = { at: Date; properties?: Record<string, string | number> };

async function track(userId: string, name: string, { at, properties = {} }: Tracked) {
  await stage.send({ type: 'track', userId, name, timestamp: at, properties });
}

beforeAll(async () => {
  stage = await startTestEngine({ actions: [] }, { now: NOW });
  for (const userId of ['a', 'b', 'c', 'd']) ids.set(userId, await stage.customer(userId));
  for (const userId of ['a', 'b', 'c', 'd'])
    await track(userId, 'Product Viewed', { at: daysAgo(5), properties: { name: 'Lamp' } });
  await track('a', 'Product Viewed', { at: daysAgo(4) });
  await track('a', 'Order Completed', { at: daysAgo(4), properties: { revenue: 30 } });
  await track('b', 'Order Completed', { at: daysAgo(3), properties: { total: 50 } });
  await track('a', 'Order Completed', { at: daysAgo(40), properties: { revenue: 20 } });
  await track('c', 'Order Completed', { at: daysAgo(40), properties: { revenue: 10 } });
  for (const score of [5, 4, 2])
    await track('a', 'Survey Answered', { at: daysAgo(2), properties: { survey: 'csat', score } });
  await track('b', 'Live Chat Conversation Started', {
    at: daysAgo(3),
    properties: { conversation_id: 'x' },
  });
  const end = new Date(daysAgo(3).getTime() + 2 * 3_600_000);
  await track('b', 'Live Chat Conversation Ended', {
    at: end,
    properties: { conversation_id: 'x', resolution: 'solved' },
  });
  const offer = {
    decision_id: 'd1',
    action_id: 'express',
    group_id: 'delivery',
    channel: 'web',
    treatment_id: 't',
  };
  for (const userId of ['a', 'b', 'c', 'd'])
    await track(userId, 'Action Shown', { at: daysAgo(1), properties: offer });
  await track('a', 'Action Accepted', { at: daysAgo(1), properties: offer });
  // Answered a need: one was quiet after it, one wrote two days later, one is not a week old.
  await track('d', 'Action Accepted', { at: daysAgo(20), properties: offer });
  await track('b', 'Action Accepted', { at: daysAgo(20), properties: offer });
  await track('b', 'Live Chat Conversation Started', {
    at: daysAgo(18),
    properties: { conversation_id: 'y' },
  });
  const viewed = (variation_id: string) => ({
    experiment_id: 'global-hold-out:global',
    variation_id,
    bucketing_key: variation_id,
  });
  await track('a', 'Experiment Viewed', { at: daysAgo(10), properties: viewed('treated') });
  await track('c', 'Experiment Viewed', { at: daysAgo(10), properties: viewed('held-out') });
}, 30_000);
afterAll(() => stage?.close());

describe('buildReport', () => {
  test('works every measure out of the events of the window', async () => {
    const { measures, stages, acceptance, currency, overTime } = await buildReport(stage.store, asking());
    const value = Object.fromEntries(measures.map(({ measure }) => [measure.key, measure.value]));
    expect(value).toMatchObject({
      conversion: 0.5,
      retention: 0.5,
      orderValue: 40,
      acceptance: 0.75,
      solved: 1,
      hoursToSolve: 2,
      promoters: null,
      conversationsPerOrder: 50,
    });
    expect(value['satisfaction']).toBeCloseTo(2 / 3);
    expect(stages.map(({ customers }) => customers)).toEqual([4, 0, 0, 2]);
    expect(acceptance.byAction).toMatchObject([{ name: 'express', n: 4, accepted: 3, value: 0.75 }]);
    expect(overTime.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(80);
    expect(typeof currency === 'string' || currency === null).toBe(true);
  });

  test('holds them against another window', async () => {
    const { measures } = await buildReport(stage.store, asking({ against: before }));
    const orderValue = measures.find(({ measure }) => measure.key === 'orderValue');
    expect(orderValue?.compared?.value).toBe(15);
    expect(orderValue?.change?.value).toBe(25);
    expect(measures.find(({ measure }) => measure.key === 'promoters')?.change).toBeNull();
    expect(measures.find(({ measure }) => measure.key === 'revenuePerCustomer')?.change).toBeNull();
  });

  test('of an empty window says nothing instead of zero', async () => {
    const empty = { from: daysAgo(300), to: daysAgo(290) };
    const { measures } = await buildReport(stage.store, asking({ window: empty }));
    const known = measures.filter(({ measure }) => measure.value !== null).map(({ measure }) => measure.key);
    expect(known).toEqual(['revenuePerCustomer']);
  });
});

describe('serving', () => {
  const measureOf = async (asked: Partial<ReportAsked>, key: string) =>
    (await buildReport(stage.store, asking(asked))).measures.find(({ measure }) => measure.key === key)
      ?.measure;

  test('costs what the company says, over those who ordered or wrote', async () => {
    // One conversation of two hours: 6 + 2 x 1, over a and b.
    expect(await measureOf({}, 'costToServe')).toMatchObject({ value: 4, n: 2 });
    expect(await measureOf({ policies: policiesOf({}) }, 'costToServe')).toMatchObject({ value: null });
  });

  test('is avoided where no conversation came within a week of what was accepted', async () => {
    expect(await measureOf({}, 'answeredWithoutContact')).toMatchObject({ value: 0.5, n: 2 });
    const none = { serviceActions: new Set<string>() };
    expect(await measureOf(none, 'answeredWithoutContact')).toMatchObject({ value: null, n: 0 });
  });

  test('is held against who is held out', async () => {
    const asked = { policies: heldOutPolicies, against: 'holdOut' } as const;
    const report = await buildReport(stage.store, asking(asked));
    expect(report).toMatchObject({ baseline: 'holdOut', customers: 1 });
    const orderValue = report.measures.find(({ measure }) => measure.key === 'orderValue');
    expect(orderValue).toMatchObject({ measure: { value: 30, n: 1 }, compared: { value: null, n: 0 } });
    expect(report.contactsAvoided).toMatchObject({ value: 0, n: 2 });
    const without = await buildReport(stage.store, asking({ against: 'holdOut' }));
    expect(without).toMatchObject({ baseline: null, contactsAvoided: null });
  });
});

describe('a filter', () => {
  const idOf = (userId: string) => ids.get(userId) ?? '';

  test('leaves the customers in a segment, a journey, and those shown something', async () => {
    await stage.store.customers.updateMany(
      { _id: { $in: [idOf('a'), idOf('c')] } },
      { $set: { segments: ['best'], expectedYear: 120 } },
    );
    expect(await readCohort(stage.store, {}, window)).toBeNull();
    expect(await readCohort(stage.store, { segment: 'best' }, window)).toEqual(
      new Set([idOf('a'), idOf('c')]),
    );
    expect((await readCohort(stage.store, { channel: 'web', action: 'express' }, window))?.size).toBe(4);
    expect((await readCohort(stage.store, { channel: 'email' }, window))?.size).toBe(0);
    expect((await readCohort(stage.store, { journey: 'welcome' }, window))?.size).toBe(0);
  });

  test('is over every figure, and the values by segment stand beside what was spent', async () => {
    const report = await buildReport(stage.store, asking({ filter: { segment: 'best' } }));
    expect(report.customers).toBe(2);
    expect(report.stages.map(({ customers }) => customers)).toEqual([2, 0, 0, 1]);
    expect(report.acceptance.byChannel).toMatchObject([{ name: 'web', n: 2, accepted: 1 }]);
    // a spent 30 and 20, c 10; each is expected to spend 120.
    expect(report.valueBySegment).toMatchObject([
      { segmentId: 'best', lastYear: { value: 30, n: 2 }, nextYear: { value: 120, n: 2 } },
    ]);
    const rows = await readRows(stage.store, {
      key: 'orderValue',
      window,
      cohort: new Set([idOf('a')]),
      before: null,
      limit: 10,
    });
    expect(rows.map(({ customerId }) => customerId)).toEqual([idOf('a')]);
  });
});

describe('readRows', () => {
  test('pages through the events behind a figure, newest first', async () => {
    const first = await readRows(stage.store, {
      key: 'conversion',
      window,
      cohort: null,
      before: null,
      limit: 3,
    });
    expect(first[0]?.event).toBe('Order Completed');
    const last = first.at(-1);
    if (last === undefined) throw new Error('Expected rows');
    const rest = await readRows(stage.store, {
      key: 'conversion',
      window,
      cohort: null,
      before: last,
      limit: 50,
    });
    const all = [...first, ...rest];
    expect(all).toHaveLength(7);
    expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(7);
    const times = all.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(all.find(({ event }) => event === 'Order Completed')?.detail).toContain('50');
  });
});

describe('readExperiments', () => {
  test('counts orders after the first exposure, for the hold-out and those who are treated', async () => {
    const parsed = parsePolicies({ globalHoldOut: { share: 0.5 } });
    if (!parsed.ok) throw new Error(parsed.problems.join());
    const [holdOut] = await readExperiments(stage.store, parsed.policies, NOW);
    expect(holdOut?.kind).toBe('hold-out');
    expect(
      holdOut?.result.variants.map(({ variantId, customers, conversion }) => [
        variantId,
        customers,
        conversion.value,
      ]),
    ).toEqual([
      ['held-out', 1, 0],
      ['treated', 1, 1],
    ]);
    expect(holdOut?.result.variants[1]?.against?.revenue.value).toBe(30);
  });
});
