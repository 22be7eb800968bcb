import { afterAll, beforeAll, expect, test } from 'vitest';
import { scoreBatch } from '../inbox/score-customers.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { countSegments } from './count-segments.js';
import { changeList, isList, listCondition } from './list-members.js';
import { tellCrossings } from './tell-crossings.js';

const VIP = { segmentId: 'vip', name: 'VIP', when: listCondition('vip') };

let running: TestEngine;
beforeAll(async () => {
  running = await startTestEngine({ actions: [], segments: [VIP] });
}, 30_000);
afterAll(() => running.close());

async function size(): Promise<number> {
  await scoreBatch(running.engine);
  return (await countSegments(running.engine)).sizes.get('vip') ?? 0;
}
const change = (member: boolean, ...ids: string[]) =>
  changeList(running.engine, { segmentId: 'vip', ids, member });

test('customers are named by any id of theirs; unknown ones are told, and twice changes nothing', async () => {
  const cid = await running.customer('list-a', { email: 'a@example.com' });
  await running.customer('list-b', { email: 'b@example.com', phone: '+447700900123' });
  const first = await change(true, 'list-a', ' A@Example.com ', '+44 7700 900123', 'nobody', cid);
  expect(first).toEqual({ changed: 2, unchanged: 0, unknown: ['nobody'] });
  expect(await size()).toBe(2);
  running.pass(1_000);
  expect(await change(true, 'list-b')).toEqual({ changed: 0, unchanged: 1, unknown: [] });
  expect(await change(false, 'list-b', 'list-b')).toMatchObject({ changed: 1 });
  expect(await size()).toBe(1);
  await tellCrossings(running.engine);
  const events = await running.store.events.find({ customerId: cid, name: /List|Segment/ }).lean();
  expect(events.map(({ name }) => name).sort()).toEqual(['List Joined', 'Segment Entered']);
});

test('who turns out to be somebody on the list is on it; the latest word counts', async () => {
  const before = await size();
  await running.send({ type: 'identify', anonymousId: 'visitor-1', traits: {} });
  await change(true, 'visitor-1');
  running.pass(1_000);
  await running.customer('list-c');
  await running.send({ type: 'identify', anonymousId: 'visitor-1', userId: 'list-c', traits: {} });
  expect(await size()).toBe(before + 1);
  running.pass(1_000);
  expect(await change(false, 'list-c')).toMatchObject({ changed: 1 });
  expect(await size()).toBe(before);
});

test('a segment with a condition of its own is no list', () => {
  expect(isList(VIP)).toBe(true);
  expect(isList({ segmentId: 'other', when: VIP.when })).toBe(false);
  expect(isList({ segmentId: 'vip', when: { not: VIP.when } })).toBe(false);
});
