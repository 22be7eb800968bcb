import { createTwilioChannel } from '@segue/integrations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordReceipt } from '../../deliveries/record-receipt.js';
import { sendDue } from '../../deliveries/send-due.js';
import { suppress } from '../../engine/set-permissions.js';
import { actionOf } from '../../testing/decision-fixtures.js';
import { type Provider, startProvider } from '../../testing/provider.js';
import { startTestEngine, type TestEngine } from '../../testing/test-engine.js';
import { publishJourney } from '../manage/publish-journey.js';
import { runJourneys } from './run-journeys.js';

const HOUR = 3_600_000;
const FROM = '+15005550006';

let running: TestEngine;
let provider: Provider;
let sent = 0;
beforeAll(async () => {
  // Twilio, as far as it goes: it takes a form with a number and words, and names the message.
  provider = await startProvider(({ path, headers, body }) => {
    const form = new URLSearchParams(body.toString());
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const isOurs = headers.authorization === `Basic ${Buffer.from('AC1:t').toString('base64')}`;
    const isWhole =
      form.get('From') === FROM && /^\+\d{8,15}$/.test(form.get('To') ?? '') && form.get('Body');
    if (path !== '/2010-04-01/Accounts/AC1/Messages.json' || !isForm || !isOurs || !isWhole)
      return { status: 400, body: JSON.stringify({ code: 21211, message: 'not as Twilio wants it' }) };
    return { status: 201, body: JSON.stringify({ sid: `SM${++sent}`, status: 'queued' }) };
  });
  running = await startTestEngine(
    {
      actions: [
        actionOf('late', {
          class: 'transactional',
          treatments: [
            {
              treatmentId: 'late-sms',
              channel: 'sms',
              title: 'Your order is late',
              body: 'Order {{ context.order_id }} comes {{ context.day }}.',
            },
          ],
        }),
      ],
    },
    {
      channels: [
        createTwilioChannel({
          credentials: { accountSid: 'AC1', authToken: 't', from: FROM },
          baseUrl: provider.url,
          timeoutMs: 2_000,
        }),
      ],
    },
  );
  const published = await publishJourney(running.engine, {
    author: 'test',
    definition: {
      journeyId: 'delays',
      name: 'Delays by text message',
      class: 'transactional',
      entry: { type: 'event', event: 'Order Delayed', key: ['context.order_id'] },
      exits: [{ name: 'arrived', event: 'Order Delivered', goal: true }],
      steps: [
        { id: 'tell', type: 'send', action: 'late', channel: 'sms' },
        { id: 'read', type: 'waitFor', events: ['Message Delivered'], timeout: '1d', timedOut: 'end' },
        { id: 'day', type: 'wait', for: '1d' },
        { id: 'again', type: 'send', action: 'late', channel: 'sms' },
      ],
    },
  });
  if (published.kind !== 'published') throw new Error(JSON.stringify(published));
}, 30_000);
afterAll(async () => {
  await running.close();
  await provider.close();
});

async function settle(): Promise<void> {
  const { engine } = running;
  const work = { engine, sendWebhook: () => Promise.reject(new Error('no webhooks here')) };
  for (;;) {
    const { performed } = await runJourneys(work);
    if (performed + (await sendDue(engine)) === 0) return;
  }
}
const wordsTo = (phone: string): (string | null)[] =>
  provider.calls
    .map(({ body }) => new URLSearchParams(body.toString()))
    .filter((form) => form.get('To') === phone)
    .map((form) => form.get('Body'));

async function delayed(userId: string, phone: string): Promise<string> {
  const customerId = await running.customer(userId, { phone, consent: { sms: { service: true } } });
  await running.send({
    type: 'track',
    name: 'Order Delayed',
    userId,
    properties: { order_id: 'o-1', day: 'on Friday' },
  });
  await settle();
  return customerId;
}

test('event in, words at Twilio, the receipt moves the run on, the goal ends it', async () => {
  const customerId = await delayed('ann', '+447700900111');
  expect(wordsTo('+447700900111')).toEqual(['Order o-1 comes on Friday.']);
  running.pass(HOUR);
  const receipt = { channel: 'sms', providerMessageId: `SM${sent}`, at: running.now() } as const;
  for (const status of ['delivered', 'delivered'] as const)
    await recordReceipt(running.engine, { ...receipt, status });
  await settle();
  const run = () => running.store.journeyRuns.findOne({ customerId }).lean();
  expect(await run()).toMatchObject({ status: 'active', stepId: 'day' });
  await running.send({ type: 'track', name: 'Order Delivered', userId: 'ann', properties: {} });
  await settle();
  expect(await run()).toMatchObject({ status: 'ended', outcome: 'goal' });
  running.pass(48 * HOUR);
  await settle();
  expect(wordsTo('+447700900111')).toHaveLength(1);
});

test('who says STOP meanwhile gets no second one', async () => {
  const customerId = await delayed('bob', '+447700900112');
  await recordReceipt(running.engine, {
    channel: 'sms',
    providerMessageId: `SM${sent}`,
    status: 'delivered',
    at: running.now(),
  });
  await settle();
  await suppress(running.engine, {
    customerId,
    suppressionId: 'sms-stop',
    kind: 'legal',
    channel: 'sms',
    reason: 'STOP',
    source: 'STOP by SMS',
  });
  running.pass(48 * HOUR);
  await settle();
  expect(wordsTo('+447700900112')).toEqual(['Order o-1 comes on Friday.']);
  expect(await running.store.journeyRuns.findOne({ customerId }).lean()).toMatchObject({ status: 'ended' });
});
