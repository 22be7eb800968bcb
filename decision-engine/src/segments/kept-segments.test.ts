import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventDocument } from '../events/event-document.js';
import { scoreBatch } from '../inbox/score-customers.js';
import { type JourneyStage, startStage } from '../journeys/testing/journey-stage.js';
import { keepSegmentCounts } from './count-segments.js';
import type { SegmentInput } from './segment.js';
import { tellCrossings } from './tell-crossings.js';
import { listSegments, viewSegment } from './view-segments.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const VIEWERS: SegmentInput = {
  segmentId: 'viewers',
  name: 'Looked at something this week',
  when: { count: 'events', event: 'Product Viewed', within: '7d', op: 'gte', value: 1 },
};
const GOLD: SegmentInput = {
  segmentId: 'gold',
  name: 'Gold',
  when: { field: 'traits.tier', op: 'eq', value: 'gold' },
};
const catalogue = (...segments: SegmentInput[]) => ({ actions: [], segments });

let stage: JourneyStage;
beforeAll(async () => {
  stage = await startStage(catalogue(VIEWERS, GOLD));
  await stage.publish({
    journeyId: 'hello-gold',
    name: 'Hello, gold',
    entry: {
      type: 'event',
      event: 'Segment Entered',
      when: {
        all: [
          { field: 'context.segment_id', op: 'eq', value: 'gold' },
          { field: 'context.reason', op: 'eq', value: 'change' },
        ],
      },
    },
    steps: [{ id: 'call', type: 'notifyAgent', title: 'Greet' }],
  });
});
afterAll(() => stage.close());

/** Looks at whoever is to be looked at, as the engine's background work does. */
async function look(): Promise<void> {
  for (;;) {
    const { scored } = await scoreBatch(stage.engine);
    const told = await tellCrossings(stage.engine);
    await stage.settle();
    if (scored + told === 0) return;
  }
}

async function crossingsOf(customerId: string) {
  const events = await stage.store.events
    .find({ customerId, name: /^Segment / })
    .sort({ timestamp: 1, _id: 1 })
    .lean<EventDocument[]>();
  return events.map(
    ({ name, properties }) => `${name}: ${properties['segment_id']}, ${properties['reason']}`,
  );
}

describe('segments are kept up', () => {
  test('as events arrive: entering is an event, which journeys start by, once', async () => {
    const customerId = await stage.customer('ann', { tier: 'silver' });
    await look();
    expect(await crossingsOf(customerId)).toEqual([]);
    stage.pass(HOUR);
    await stage.send({ type: 'identify', userId: 'ann', traits: { tier: 'gold' } });
    await look();
    await look();
    expect(await crossingsOf(customerId)).toEqual(['Segment Entered: gold, change']);
    expect(await stage.store.journeyTasks.countDocuments({ customerId })).toBe(1);
    stage.pass(HOUR);
    await stage.send({ type: 'identify', userId: 'ann', traits: { tier: 'none' } });
    await look();
    expect((await crossingsOf(customerId)).at(-1)).toBe('Segment Left: gold, change');
  });

  test('as time passes, without any event', async () => {
    const customerId = await stage.customer('bob');
    await stage.track('bob', 'Product Viewed', { product_id: 'p-1' });
    await look();
    expect(await crossingsOf(customerId)).toEqual(['Segment Entered: viewers, change']);
    stage.pass(8 * DAY);
    await look();
    expect((await crossingsOf(customerId)).at(-1)).toBe('Segment Left: viewers, change');
  });

  test('a process that dies before it has told tells it later, once', async () => {
    const customerId = await stage.customer('cid', { tier: 'gold' });
    await scoreBatch(stage.engine);
    expect(await crossingsOf(customerId)).toEqual([]);
    // Told, and dead before it was struck off.
    const document = await stage.store.customers.findById(customerId).lean();
    await tellCrossings(stage.engine);
    await stage.store.customers.updateOne(
      { _id: customerId },
      { $set: { segmentNews: document?.segmentNews ?? [] } },
    );
    await look();
    expect(await crossingsOf(customerId)).toEqual(['Segment Entered: gold, change']);
  });

  test('a new definition looks at everybody, and says that it was not the customer who changed', async () => {
    const customerId = await stage.customer('dot', { tier: 'bronze' });
    await look();
    stage.pass(HOUR);
    const bronze = { ...GOLD, when: { field: 'traits.tier', op: 'eq' as const, value: 'bronze' } };
    stage.use(catalogue(VIEWERS, bronze));
    await look();
    expect(await crossingsOf(customerId)).toEqual(['Segment Entered: gold, definition']);
    expect(await stage.store.journeyTasks.countDocuments({ customerId })).toBe(0);
    stage.use(catalogue(VIEWERS));
    stage.pass(HOUR);
    await look();
    expect((await crossingsOf(customerId)).at(-1)).toBe('Segment Left: gold, definition');
    stage.use(catalogue(VIEWERS, GOLD));
  });

  test('sizes, overlaps and the trend of days', async () => {
    await stage.customer('eve', { tier: 'gold' });
    await stage.track('eve', 'Product Viewed', { product_id: 'p-1' });
    await look();
    await keepSegmentCounts(stage.engine);
    stage.pass(DAY);
    await stage.customer('fay', { tier: 'gold' });
    await look();
    await keepSegmentCounts(stage.engine);
    await keepSegmentCounts(stage.engine);
    const { segments, customers } = await listSegments(stage.engine);
    const gold = segments.find(({ segmentId }) => segmentId === 'gold');
    const sizes = gold?.trend.map(({ size }) => size) ?? [];
    expect(sizes).toHaveLength(2);
    expect((sizes[1] ?? 0) - (sizes[0] ?? 0)).toBe(1);
    expect(gold?.size).toBe(sizes[1]);
    expect(customers).toBe(6);
    expect((await viewSegment(stage.engine, 'gold'))?.overlaps).toEqual([
      { segmentId: 'viewers', name: VIEWERS.name, size: 1, both: 1 },
    ]);
    expect(await viewSegment(stage.engine, 'nothing')).toBeNull();
  });
});
