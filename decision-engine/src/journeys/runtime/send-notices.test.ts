import { type Channel, RetryableSendError, SLACK_DEFINITION } from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectChannel } from '../../channels/connect-channel.js';
import { startTestEngine, type TestEngine } from '../../testing/test-engine.js';
import { publishJourney } from '../manage/publish-journey.js';
import type { JourneyTaskDocument } from '../store/journey-documents.js';
import { runJourneys } from './run-journeys.js';
import { sendNotices } from './send-notices.js';

let running: TestEngine;
let fault: RetryableSendError | null = null;
const said: { id: string; subject: string | undefined; text: string }[] = [];
const slack: Channel = {
  definition: SLACK_DEFINITION,
  send: ({ deliveryId: id, subject, text }) => {
    if (fault !== null) return Promise.reject(fault);
    said.push({ id, subject, text });
    return Promise.resolve({ status: 'sent', providerMessageId: 'slack' });
  },
  close: () => Promise.resolve(),
};
beforeAll(async () => {
  const room = connectChannel(slack, { configured: true, detail: '' }, { forStaff: true });
  running = await startTestEngine({ actions: [] }, { channels: [room] });
  const published = await publishJourney(running.engine, {
    author: 'test',
    definition: {
      journeyId: 'call-back',
      name: 'Call back',
      entry: { type: 'event', event: 'Callback Requested' },
      steps: [{ id: 'ask', type: 'notifyAgent', title: 'Call them back', note: 'They asked for it' }],
    },
  });
  expect(published.kind).toBe('published');
}, 30_000);
afterAll(() => running.close());
beforeEach(() => {
  said.length = 0;
  fault = null;
});

async function taskFor(userId: string): Promise<JourneyTaskDocument | null> {
  const customerId = await running.customer(userId);
  await running.send({ type: 'track', userId, name: 'Callback Requested' });
  await runJourneys({
    engine: running.engine,
    sendWebhook: () => Promise.resolve({ status: 'refused', reason: 'none here' }),
  });
  return running.store.journeyTasks.findOne({ customerId }).lean<JourneyTaskDocument | null>();
}

test('a task is told to the room of the staff once, however many look, and names nobody', async () => {
  const task = await taskFor('ann');
  await Promise.all([sendNotices(running.engine), sendNotices(running.another())]);
  expect(said).toEqual([{ id: `${task?._id}:slack`, subject: 'Call them back', text: 'They asked for it' }]);
  const after = await running.store.journeyTasks.findById(task?._id).lean<JourneyTaskDocument | null>();
  expect(after?.notices).toMatchObject([{ channel: 'slack', state: 'sent', attempts: 1 }]);
});

test('a busy room is tried again when it says, not after the task is done', async () => {
  const task = await taskFor('ben');
  fault = new RetryableSendError('slack', 'rate_limited', { retryAfterMs: 30_000 });
  expect(await sendNotices(running.engine)).toBe(1);
  running.pass(29_000);
  expect(await sendNotices(running.engine)).toBe(0);
  fault = null;
  await running.store.journeyTasks.updateOne({ _id: task?._id ?? '' }, { $set: { state: 'done' } });
  running.pass(1_000);
  expect(await sendNotices(running.engine)).toBe(1);
  expect(said).toEqual([]);
});
