import { createECDH, randomBytes } from 'node:crypto';
import {
  createTwilioChannel,
  createWebhookChannel,
  createWebPushChannel,
  PUSH_DEFINITION,
  type SendResult,
} from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { requestMessage } from '../deliveries/request-delivery.js';
import { retryDelivery } from '../deliveries/retry-delivery.js';
import { sendDue } from '../deliveries/send-due.js';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { type Provider, startProvider } from '../testing/provider.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { connectChannel } from './connect-channel.js';
import { viewChannels } from './view-channels.js';
import { switchOn, webhookSpecials } from './webhook-endpoints.js';

const CONFIGURED = { configured: true, detail: '' } as const;
const MINUTE = 60_000;
const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'text', channel: 'sms', title: 'Text it', body: 'Hello' },
  { treatmentId: 'app', channel: 'push', title: 'Push it', body: 'Hello' },
  {
    treatmentId: 'browser',
    channel: 'webpush',
    title: 'Push it',
    body: 'Hello',
    attributes: { link: 'https://shop.example.com/{{ customer.plan }}' },
  },
  { treatmentId: 'program', channel: 'webhook', title: 'Tell it', attributes: { eventType: 'offer.made' } },
];

function vapid() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return {
    subject: 'mailto:ops@example.com',
    publicKey: ecdh.getPublicKey().toString('base64url'),
    privateKey: Buffer.concat([Buffer.alloc(32), ecdh.getPrivateKey()])
      .subarray(-32)
      .toString('base64url'),
  };
}
const p256dh = (() => {
  const ecdh = createECDH('prime256v1');
  return ecdh.generateKeys().toString('base64url');
})();
const keys = { p256dh, auth: randomBytes(16).toString('base64url') };
const secret = `whsec_${randomBytes(32).toString('base64')}`;

let running: TestEngine;
let provider: Provider;
let ids = 0;
/** What FCM would say of a token. */
let pushAnswer: SendResult = { status: 'sent', providerMessageId: 'projects/x/messages/1' };
let pushFault: Error | null = null;
const pushedTo: string[] = [];

beforeAll(async () => {
  provider = await startProvider(() => ({ status: 500 }));
  const local = { allowPrivate: true, timeoutMs: 500, now: () => running.now() };
  running = await startTestEngine(
    {
      actions: [actionOf('a', { treatments }), actionOf('b', { treatments })],
      policies: {
        exploration: { default: { strategy: 'greedy' } },
        contact: { consent: { agent: 'none', webhook: 'none', push: 'none', webpush: 'none' } },
      },
    },
    {
      channels: [
        createTwilioChannel({
          credentials: { accountSid: 'AC1', authToken: 't', from: '+15005550006' },
          baseUrl: provider.url,
          timeoutMs: 500,
        }),
        {
          definition: PUSH_DEFINITION,
          send: ({ to }) => {
            if (pushFault !== null) return Promise.reject(pushFault);
            pushedTo.push(to);
            return Promise.resolve(pushAnswer);
          },
          close: () => Promise.resolve(),
        },
        createWebPushChannel({ vapid: vapid(), ...local }),
        connectChannel(
          createWebhookChannel({
            endpoints: new Map([['crm', { url: `${provider.url}/crm`, secrets: [secret] }]]),
            ...local,
          }),
          CONFIGURED,
          { ...webhookSpecials(['crm']), endpoints: ['crm'] },
        ),
      ],
    },
  );
}, 30_000);
afterAll(async () => {
  await running.close();
  await provider.close();
});
beforeEach(() => {
  pushedTo.length = 0;
  pushFault = null;
  pushAnswer = { status: 'sent', providerMessageId: 'projects/x/messages/1' };
});

async function customer(): Promise<{ userId: string; customerId: string; phone: string }> {
  const userId = `provider-${ids}`;
  const phone = `+44770090${String(2000 + ids++)}`;
  const customerId = await running.customer(userId, { phone, plan: 'gold', consent: { sms: true } });
  return { userId, customerId, phone };
}
async function asked(userId: string, channel: string, actionId = 'a'): Promise<string> {
  const request = { customer: { userId }, channel: 'agent', slots: 2, context: {} };
  const decision = await decideFor(running.engine, request, 'test');
  const decisionId = decision?.decisionId ?? '';
  await requestMessage(running.engine, { decisionId, actionId, channel });
  return `${decisionId}:${actionId}:${channel}`;
}
async function stored(deliveryId: string): Promise<StoredDelivery | undefined> {
  const [decisionId] = deliveryId.split(':');
  const decision = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  return decision?.deliveries.find((each) => each.deliveryId === deliveryId);
}
const token = (userId: string, value: string) =>
  running.send({
    type: 'screen',
    name: 'Home',
    userId,
    context: { device: { token: value, type: 'android' } },
  });

describe('a provider that is not well', () => {
  test('429, 500 and silence: tried again each time, seen in the outbox, sent once it is well', async () => {
    const { userId } = await customer();
    const deliveryId = await asked(userId, 'sms');
    const steps = [
      [{ status: 429, body: '{"message":"Slow"}', headers: { 'retry-after': '30' } }, 30_000, 'Slow'],
      [{ status: 500, body: 'oops' }, MINUTE, 'HTTP 500'],
      ['hang', 10 * MINUTE, 'could not be reached; it may have arrived'],
    ] as const;
    for (const [answer, wait, words] of steps) {
      provider.answer = () => answer;
      await sendDue(running.engine);
      expect(await stored(deliveryId)).toMatchObject({
        state: 'pending',
        detail: expect.stringMatching(new RegExp(`^tries again: .*${words}`)),
        dueAt: new Date(running.now().getTime() + wait),
      });
      expect(await sendDue(running.engine)).toBe(0);
      running.pass(wait);
    }
    provider.answer = () => ({ status: 201, body: '{"sid":"SM1","status":"queued"}' });
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({
      state: 'sent',
      providerMessageId: 'SM1',
      attempts: 4,
      unanswered: 1,
    });
  });

  test('answers that say nothing: as SMS knows no repeats, it goes at most once more', async () => {
    const { userId } = await customer();
    const deliveryId = await asked(userId, 'sms');
    const before = provider.calls.length;
    provider.answer = () => ({ status: 200, body: '<html>' });
    for (const _ of [1, 2, 3]) {
      await sendDue(running.engine);
      running.pass(60 * MINUTE);
    }
    expect(provider.calls.length - before).toBe(2);
    expect(await stored(deliveryId)).toMatchObject({
      state: 'failed',
      unanswered: 2,
      detail: expect.stringContaining('no answer is known'),
    });
  });

  test('one that never recovers: a dead letter with its reason, which can be tried again by hand', async () => {
    const { userId } = await customer();
    const deliveryId = await asked(userId, 'sms');
    provider.answer = () => ({ status: 503, body: 'busy' });
    for (const _ of [1, 2, 3, 4, 5]) {
      await sendDue(running.engine);
      running.pass(60 * MINUTE);
    }
    expect(await stored(deliveryId)).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/^not sent after 5 tries: .*HTTP 503/),
    });
    const sms = (await viewChannels(running.engine)).find(({ channel }) => channel === 'sms');
    expect(sms?.failures[0]).toMatchObject({ deliveryId, detail: expect.stringContaining('HTTP 503') });

    provider.answer = () => ({ status: 201, body: '{"sid":"SM2"}' });
    const before = provider.calls.length;
    const again = await Promise.allSettled([
      retryDelivery(running.engine, deliveryId),
      retryDelivery(running.engine, deliveryId),
    ]);
    expect(again.map(({ status }) => status)).toContain('fulfilled');
    await sendDue(running.engine);
    await sendDue(running.engine);
    expect(provider.calls.length - before).toBe(1);
    expect(await stored(deliveryId)).toMatchObject({ state: 'sent', attempts: 1 });
    await expect(retryDelivery(running.engine, deliveryId)).rejects.toMatchObject({
      code: 'delivery_not_retryable',
    });
    await expect(retryDelivery(running.engine, 'dec_none:a:sms')).rejects.toMatchObject({
      code: 'unknown_delivery',
    });
  });

  test('a refusal for good is not tried again; one that says STOP is honoured, by hand too', async () => {
    const { userId, customerId } = await customer();
    const deliveryId = await asked(userId, 'sms');
    provider.answer = () => ({
      status: 400,
      body: '{"code":21610,"message":"Attempt to send to unsubscribed"}',
    });
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({
      state: 'failed',
      attempts: 1,
      detail: expect.stringContaining('unsubscribed (Twilio error 21610)'),
    });
    expect((await findCustomer(running.store, { customerId }))?.suppressions).toMatchObject([
      { suppressionId: 'sms-stop', kind: 'legal' },
    ]);
    await expect(retryDelivery(running.engine, deliveryId)).rejects.toMatchObject({
      code: 'contact_refused',
    });
  });

  test("a fault of our own holds up nobody else's message", async () => {
    const { userId } = await customer();
    const other = await customer();
    const broken = await asked(userId, 'push').catch(() => 'no app');
    expect(broken).toBe('no app');
    await token(userId, 'token-broken');
    const first = await asked(userId, 'push');
    const second = await asked(other.userId, 'sms');
    provider.answer = () => ({ status: 201, body: '{"sid":"SM3"}' });
    pushFault = new TypeError('a mistake of ours');
    await sendDue(running.engine);
    expect(await stored(first)).toMatchObject({
      state: 'pending',
      detail: expect.stringContaining('tries again'),
    });
    expect(await stored(second)).toMatchObject({ state: 'sent' });
    pushFault = null;
    running.pass(5_000);
    await sendDue(running.engine);
    expect(await stored(first)).toMatchObject({ state: 'sent' });
  });
});

describe('apps and browsers', () => {
  test('an app that is gone is forgotten, and the one before it is used again', async () => {
    const { userId, customerId } = await customer();
    await token(userId, 'token-old');
    running.pass(MINUTE);
    await token(userId, 'token-new');
    pushAnswer = { status: 'rejected', reason: 'Requested entity was not found', addressGone: true };
    const deliveryId = await asked(userId, 'push');
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({ state: 'failed', to: 'token-new' });
    const devices = (await findCustomer(running.store, { customerId }))?.devices;
    expect(devices?.map(({ address, goneAt }) => [address, goneAt !== null])).toEqual([
      ['token-new', true],
      ['token-old', false],
    ]);
    pushAnswer = { status: 'sent', providerMessageId: 'm' };
    await retryDelivery(running.engine, deliveryId);
    await sendDue(running.engine);
    expect(pushedTo).toEqual(['token-new', 'token-old']);
    expect(await stored(deliveryId)).toMatchObject({ state: 'sent', to: 'token-old' });
  });

  test('what is meant for one customer does not appear on a phone that another has signed in on', async () => {
    const [ann, ben] = [await customer(), await customer()];
    await token(ann.userId, 'token-shared');
    const deliveryId = await asked(ann.userId, 'push');
    running.pass(MINUTE);
    await token(ben.userId, 'token-shared');
    await sendDue(running.engine);
    expect(pushedTo).toEqual([]);
    expect(await stored(deliveryId)).toMatchObject({
      state: 'skipped',
      detail: 'not sent: somebody else uses the device by now',
    });
  });

  test('a browser gets its message encrypted, with the link filled in; one that is gone is forgotten', async () => {
    const { userId, customerId } = await customer();
    await running.send({
      type: 'track',
      name: 'Push Subscribed',
      userId,
      properties: { subscription: { endpoint: 'https://push.example.net/x', keys } },
    });
    const document = await findCustomer(running.store, { customerId });
    expect(document?.devices).toMatchObject([{ kind: 'browser', keys }]);
    // The push service of the test is on this machine, without TLS.
    await running.store.customers.updateOne(
      { _id: customerId },
      { 'devices.0.address': `${provider.url}/push` },
    );
    provider.answer = () => ({ status: 201, headers: { location: '/m/1' } });
    const deliveryId = await asked(userId, 'webpush');
    expect(await stored(deliveryId)).toMatchObject({ attributes: { link: 'https://shop.example.com/gold' } });
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({ state: 'sent', providerMessageId: '/m/1' });
    expect(provider.calls.at(-1)?.headers['content-encoding']).toBe('aes128gcm');
    expect(provider.calls.at(-1)?.body.toString()).not.toContain('gold');

    provider.answer = () => ({ status: 410 });
    await asked(userId, 'webpush', 'b');
    await sendDue(running.engine);
    expect((await findCustomer(running.store, { customerId }))?.devices?.[0]?.goneAt).not.toBeNull();
    await expect(asked(userId, 'webpush', 'b')).rejects.toMatchObject({ code: 'no_address' });
  });
});

describe('webhooks as a channel', () => {
  test('are tried as Standard Webhooks say, under one id, and can be replayed by hand', async () => {
    const { userId, customerId } = await customer();
    const before = provider.calls.length;
    provider.answer = () => ({ status: 503 });
    const deliveryId = await asked(userId, 'webhook');
    await sendDue(running.engine);
    const waiting = await stored(deliveryId);
    const wait = (waiting?.dueAt.getTime() ?? 0) - running.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(4_500);
    expect(wait).toBeLessThanOrEqual(5_500);
    provider.answer = () => ({ status: 204 });
    running.pass(wait);
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({ state: 'sent', attempts: 2 });
    await retryDelivery(running.engine, deliveryId);
    await sendDue(running.engine);
    const calls = provider.calls.slice(before);
    expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId, deliveryId, deliveryId]);
    expect(JSON.parse(calls[0]?.body.toString() ?? '')).toMatchObject({
      type: 'offer.made',
      data: { customerId, actionId: 'a', treatmentId: 'program', subject: 'Tell it' },
    });
  });

  test('410 switches the endpoint off, until somebody switches it on', async () => {
    const { userId } = await customer();
    provider.answer = () => ({ status: 410 });
    const deliveryId = await asked(userId, 'webhook');
    await sendDue(running.engine);
    expect(await stored(deliveryId)).toMatchObject({ state: 'failed' });
    const before = provider.calls.length;
    provider.answer = () => ({ status: 204 });
    const next = await asked(userId, 'webhook', 'b');
    await sendDue(running.engine);
    expect(provider.calls.length).toBe(before);
    expect(await stored(next)).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('switched off'),
    });
    const views = await viewChannels(running.engine);
    expect(views.find(({ channel }) => channel === 'webhook')?.endpoints).toEqual([
      { name: 'crm', off: 'crm wants no more of these (HTTP 410)' },
    ]);
    await switchOn(running.engine, 'crm');
    await retryDelivery(running.engine, next);
    await sendDue(running.engine);
    expect(await stored(next)).toMatchObject({ state: 'sent' });
  });
});

test('an erased customer with a message that waits: nothing leaves', async () => {
  const { userId, customerId } = await customer();
  const deliveryId = await asked(userId, 'sms');
  await running.store.customers.deleteOne({ _id: customerId });
  await running.store.identities.deleteMany({ customerId });
  const before = provider.calls.length;
  await sendDue(running.engine);
  expect(provider.calls.length).toBe(before);
  expect(await stored(deliveryId)).toMatchObject({
    state: 'skipped',
    detail: 'not sent: the customer is gone',
  });
  await expect(retryDelivery(running.engine, deliveryId)).rejects.toMatchObject({ code: 'no_address' });
});
