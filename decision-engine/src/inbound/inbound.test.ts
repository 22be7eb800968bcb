import { createHmac } from 'node:crypto';
import { type Channel, SMS_DEFINITION, WHATSAPP_DEFINITION } from '@segue/integrations';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRunning } from '../api/running.js';
import { createServer } from '../api/server.js';
import { connectChannel } from '../channels/connect-channel.js';
import { whatsAppMessage } from '../channels/whatsapp-message.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { requestMessage } from '../deliveries/request-delivery.js';
import { sendDue } from '../deliveries/send-due.js';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { testChannelSettings } from '../testing/test-channel-settings.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';

const TOKEN = 'twilio-token';
const APP_SECRET = 'meta-secret';
const SHOP_SECRET = 'a secret of the shop';
const CHATWOOT_SECRET = 'chatwoot-secret';
const OUTSIDE = 'https://api.shop.example';
const settings = testChannelSettings(
  {
    TWILIO_AUTH_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: 'verify-me',
    CHATWOOT_WEBHOOK_SECRET: CHATWOOT_SECRET,
    ZENDESK_WEBHOOK_SECRET: CHATWOOT_SECRET,
    SHOPIFY_WEBHOOK_SECRET: SHOP_SECRET,
    STRIPE_WEBHOOK_SECRET: SHOP_SECRET,
  },
  OUTSIDE,
);
const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'text', channel: 'sms', title: 'Text it', body: 'Hello' },
  { treatmentId: 'app', channel: 'whatsapp', title: 'Write it', body: 'Hello' },
];
/** What happens between a provider's taking a message over and its answer. */
let whileSending: (deliveryId: string) => Promise<void> = () => Promise.resolve();
const sent: { channel: string; to: string }[] = [];
const keeping = (definition: Channel['definition']): Channel => ({
  definition,
  send: async ({ to, deliveryId }) => {
    sent.push({ channel: definition.id, to });
    await whileSending(deliveryId);
    return { status: 'sent', providerMessageId: `id of ${deliveryId}` };
  },
  close: () => Promise.resolve(),
});

let running: TestEngine;
let server: FastifyInstance;
let bare: FastifyInstance;
let ids = 0;
let changed: string[] = [];

function serverWith(channels: typeof settings): Promise<FastifyInstance> {
  const background = {
    changed: (customerIds: readonly string[]) => void changed.push(...customerIds),
    deliveriesWait: () => undefined,
    privacyWaits: () => undefined,
  };
  const { engine } = running;
  return createServer({
    config: { consoleUrl: null, consolePort: 3999, demo: false, channels },
    log: pino({ level: 'silent' }),
    running: () => createRunning(engine, background, null),
    readiness: () => ({ ready: true, phase: 'test' }),
  });
}

beforeAll(async () => {
  running = await startTestEngine(
    {
      actions: [actionOf('a', { treatments }), actionOf('b', { treatments })],
      policies: { exploration: { default: { strategy: 'greedy' } } },
    },
    {
      channels: [
        keeping(SMS_DEFINITION),
        connectChannel(
          keeping(WHATSAPP_DEFINITION),
          { configured: true, detail: '' },
          { compose: (delivery, customer, { now }) => whatsAppMessage(delivery, customer, now) },
        ),
      ],
    },
  );
  server = await serverWith(settings);
  bare = await serverWith(testChannelSettings());
}, 30_000);
afterAll(async () => {
  await server.close();
  await bare.close();
  await running.close();
});
beforeEach(() => {
  sent.length = 0;
  changed = [];
});

async function customer(): Promise<{
  phone: string;
  userId: string;
  customerId: string;
  decisionId: string;
}> {
  const userId = `inbound-${ids}`;
  const phone = `+44770090${String(1000 + ids++)}`;
  const customerId = await running.customer(userId, { phone, consent: { sms: true, whatsapp: true } });
  return { phone, userId, customerId, decisionId: await decided(userId) };
}
async function decided(userId: string): Promise<string> {
  const request = { customer: { userId }, channel: 'agent', slots: 2, context: {} };
  return (await decideFor(running.engine, request, 'test'))?.decisionId ?? '';
}
async function deliveryOf(decisionId: string): Promise<StoredDelivery | undefined> {
  return (await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>())?.deliveries[0];
}
async function eventNames(customerId: string): Promise<string[]> {
  return (await running.store.events.find({ customerId, type: 'track' }).sort({ _id: 1 }).lean()).map(
    ({ name }) => name,
  );
}

async function twilio(
  url: string,
  fields: Record<string, string>,
  more: { token?: string; to?: FastifyInstance } = {},
) {
  const text = Object.keys(fields)
    .sort()
    .map((key) => key + (fields[key] ?? ''))
    .join('');
  const signature = createHmac('sha1', more.token ?? TOKEN)
    .update(OUTSIDE + url + text)
    .digest('base64');
  return (more.to ?? server).inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    payload: new URLSearchParams(fields).toString(),
  });
}
const text = (from: string, Body: string, { id, ...more }: { id: string; token?: string }) =>
  twilio(
    '/v1/inbound/twilio/message',
    { From: from, To: '+15005550006', Body, MessageSid: id, NumMedia: '0' },
    more,
  );

describe('a customer who texts', () => {
  test('STOP: nothing leaves any more, not even what was asked for before', async () => {
    const { phone, customerId, decisionId } = await customer();
    await requestMessage(running.engine, { decisionId, actionId: 'a', channel: 'sms' });
    await sendDue(running.engine);
    expect(sent).toHaveLength(1);
    await requestMessage(running.engine, { decisionId, actionId: 'b', channel: 'sms' });

    const answer = await text(phone, ' Stop ', { id: 'SM-stop-1' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/xml');
    expect(answer.body).toContain('<Response/>');
    expect(changed).toContain(customerId);

    await sendDue(running.engine);
    expect(sent).toHaveLength(1);
    const stored = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    expect(stored?.deliveries[1]).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('suppressed on sms (legal): STOP by SMS'),
    });
    const profile = await findCustomer(running.store, { customerId });
    expect(profile?.suppressions).toMatchObject([
      { suppressionId: 'sms-stop', kind: 'legal', channel: 'sms', source: 'STOP by SMS', liftedAt: null },
    ]);
    expect(profile?.consent).toContainEqual(
      expect.objectContaining({
        channel: 'sms',
        purpose: 'marketing',
        state: 'denied',
        source: 'STOP by SMS',
      }),
    );
    expect(stored?.outcomes).toContainEqual(
      expect.objectContaining({ actionId: 'a', outcome: 'rejected', note: 'STOP by SMS' }),
    );
  });

  test('the same call again changes nothing, even after START', async () => {
    const { phone, customerId, userId } = await customer();
    await text(phone, 'STOP', { id: 'SM-stop-2' });
    running.pass(60_000);
    await text(phone, 'start', { id: 'SM-start-2' });
    running.pass(60_000);
    expect((await text(phone, 'STOP', { id: 'SM-stop-2' })).statusCode).toBe(200);
    const profile = await findCustomer(running.store, { customerId });
    expect(profile?.suppressions[0]?.liftedAt).not.toBeNull();
    const next = await decided(userId);
    await requestMessage(running.engine, { decisionId: next, actionId: 'a', channel: 'sms' });
    await sendDue(running.engine);
    expect(sent).toEqual([{ channel: 'sms', to: phone }]);
    expect((await eventNames(customerId)).filter((name) => name === 'Message Received')).toHaveLength(2);
  });

  test('HELP and words are messages in the history; "please stop" is for people to read', async () => {
    const { phone, customerId } = await customer();
    await text(phone, 'HELP', { id: 'SM-help' });
    await text(phone, 'please stop calling it that', { id: 'SM-words' });
    const events = await running.store.events
      .find({ customerId, name: 'Message Received' })
      .sort({ _id: 1 })
      .lean();
    expect(events.map(({ properties }) => properties)).toEqual([
      { channel: 'sms', text: 'HELP', request: 'help' },
      { channel: 'sms', text: 'please stop calling it that' },
    ]);
    expect((await findCustomer(running.store, { customerId }))?.suppressions).toEqual([]);
  });

  test('a number nobody knows becomes a customer of its own, and STOP holds for it', async () => {
    await text('+447700999999', 'STOP', { id: 'SM-new' });
    const stranger = await findCustomer(running.store, { phone: '+447700999999' });
    expect(stranger?.suppressions).toHaveLength(1);
  });
});

describe("what is not the provider's own call", () => {
  const url = '/v1/inbound/twilio/message';
  const code = (answer: { json: () => { error: { code: string } } }) => answer.json().error.code;

  test('is refused, and nothing is written', async () => {
    const before = await running.store.events.countDocuments();
    const wrong = await text('+447700900123', 'STOP', { id: 'SM-x', token: 'another' });
    expect([wrong.statusCode, code(wrong)]).toEqual([401, 'wrong_signature']);
    const unsigned = await server.inject({ method: 'POST', url, payload: 'From=1&Body=STOP&MessageSid=2' });
    expect(unsigned.statusCode).toBe(401);
    const whatsapp = await server.inject({ method: 'POST', url: '/v1/inbound/whatsapp', payload: '{}' });
    expect([whatsapp.statusCode, code(whatsapp)]).toEqual([401, 'wrong_signature']);
    const chatwoot = await server.inject({ method: 'POST', url: '/v1/inbound/chatwoot', payload: '{}' });
    expect(chatwoot.statusCode).toBe(401);
    expect(await running.store.events.countDocuments()).toBe(before);
  });

  test.each(['/v1/inbound/twilio/status', '/v1/inbound/whatsapp', '/v1/inbound/chatwoot', url])(
    '%s refuses everything while there is no secret',
    async (path) => {
      const answer = await bare.inject({ method: 'POST', url: path, payload: 'x=1' });
      expect([answer.statusCode, code(answer)]).toEqual([409, 'channel_not_configured']);
    },
  );

  test('a body of 10 MB is refused before it is read', async () => {
    const payload = Buffer.alloc(10 * 1024 * 1024, 'a');
    const answer = await server.inject({ method: 'POST', url, payload });
    expect([answer.statusCode, code(answer)]).toEqual([413, 'body_too_large']);
  });

  test('other methods are refused', async () => {
    expect((await server.inject({ method: 'GET', url })).statusCode).toBe(405);
    expect((await server.inject({ method: 'PUT', url: '/v1/inbound/whatsapp' })).statusCode).toBe(405);
  });
});

describe('receipts', () => {
  const status = (deliveryId: string, MessageStatus: string, more = {}) =>
    twilio(`/v1/inbound/twilio/status?delivery=${encodeURIComponent(deliveryId)}`, {
      MessageSid: 'SM-1',
      MessageStatus,
      ...more,
    });

  test('move a message on in the outbox and stand in the history, once', async () => {
    const { customerId, decisionId } = await customer();
    await requestMessage(running.engine, { decisionId, actionId: 'a', channel: 'sms' });
    await sendDue(running.engine);
    const deliveryId = `${decisionId}:a:sms`;
    for (const word of ['sent', 'delivered', 'delivered', 'sent']) {
      expect((await status(deliveryId, word)).statusCode).toBe(204);
    }
    expect(await deliveryOf(decisionId)).toMatchObject({ state: 'delivered', detail: '' });
    expect((await status(deliveryId, 'failed', { ErrorCode: '30003' })).statusCode).toBe(204);
    expect(await deliveryOf(decisionId)).toMatchObject({ state: 'delivered' });
    expect((await eventNames(customerId)).filter((name) => name === 'Message Delivered')).toHaveLength(1);
  });

  test('one that is quicker than the answer to the send is not undone by it', async () => {
    const { decisionId } = await customer();
    await requestMessage(running.engine, { decisionId, actionId: 'a', channel: 'sms' });
    whileSending = async (deliveryId) => {
      expect((await status(deliveryId, 'delivered')).statusCode).toBe(204);
    };
    await sendDue(running.engine);
    whileSending = () => Promise.resolve();
    expect(await deliveryOf(decisionId)).toMatchObject({ state: 'delivered', providerMessageId: 'SM-1' });
    expect(await sendDue(running.engine)).toBe(0);
  });

  test('a failure names its reason', async () => {
    const { decisionId } = await customer();
    await requestMessage(running.engine, { decisionId, actionId: 'a', channel: 'sms' });
    await sendDue(running.engine);
    await status(`${decisionId}:a:sms`, 'undelivered', { ErrorCode: '30003' });
    expect(await deliveryOf(decisionId)).toMatchObject({
      state: 'failed',
      detail: 'not delivered: undelivered, Twilio error 30003',
    });
  });

  test('one about nothing of ours is taken and does nothing', async () => {
    expect((await status('dec_unknown:a:sms', 'delivered')).statusCode).toBe(204);
    expect(changed).toEqual([]);
  });
});

describe('WhatsApp', () => {
  const call = (value: object) => {
    const payload = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    });
    const signature = `sha256=${createHmac('sha256', APP_SECRET).update(payload).digest('hex')}`;
    return server.inject({
      method: 'POST',
      url: '/v1/inbound/whatsapp',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
      payload,
    });
  };
  const seconds = () => String(Math.floor(running.now().getTime() / 1000));

  test("answers Meta's question with the right token only", async () => {
    const ask = (token: string) =>
      server.inject({
        method: 'GET',
        url: `/v1/inbound/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=4711`,
      });
    const right = await ask('verify-me');
    expect([right.statusCode, right.body]).toEqual([200, '4711']);
    expect((await ask('guess')).statusCode).toBe(401);
  });

  test('takes free text for 24 hours after the customer wrote, and not a second longer', async () => {
    const { phone, userId, decisionId } = await customer();
    const ask = (id: string) =>
      requestMessage(running.engine, { decisionId: id, actionId: 'a', channel: 'whatsapp' });
    await ask(decisionId);
    await sendDue(running.engine);
    expect(await deliveryOf(decisionId)).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('only within 24 hours'),
    });
    const message = {
      id: 'wamid.1',
      from: phone.slice(1),
      timestamp: seconds(),
      type: 'text',
      text: { body: 'Hi' },
    };
    expect((await call({ messages: [message] })).statusCode).toBe(200);
    running.pass(24 * 3_600_000 - 2_000);
    const inTime = await decided(userId);
    await ask(inTime);
    await sendDue(running.engine);
    expect(sent).toEqual([{ channel: 'whatsapp', to: phone }]);
    running.pass(3_000);
    const tooLate = await decided(userId);
    await requestMessage(running.engine, { decisionId: tooLate, actionId: 'b', channel: 'whatsapp' });
    await sendDue(running.engine);
    expect(sent).toHaveLength(1);

    const statusCall = {
      id: 'wamid.9',
      timestamp: seconds(),
      biz_opaque_callback_data: `${inTime}:a:whatsapp`,
    };
    await call({
      statuses: [
        { ...statusCall, status: 'read' },
        { ...statusCall, status: 'delivered' },
      ],
    });
    expect(await deliveryOf(inTime)).toMatchObject({ state: 'opened' });
  });

  test('marketing switched off in its menu holds', async () => {
    const { phone, customerId } = await customer();
    await call({
      user_preferences: [
        { wa_id: phone.slice(1), category: 'marketing_messages', value: 'stop', timestamp: seconds() },
      ],
    });
    expect((await findCustomer(running.store, { customerId }))?.suppressions).toMatchObject([
      { suppressionId: 'whatsapp-stop', channel: 'whatsapp' },
    ]);
  });
});

test("Chatwoot's messages stand in the history; an old recording of one is refused", async () => {
  const send = (agedSeconds: number) => {
    const payload = JSON.stringify({
      event: 'message_created',
      id: 7,
      content: 'Where is my order?',
      created_at: Math.floor(running.now().getTime() / 1000),
      message_type: 'incoming',
      private: false,
      conversation: {
        id: 3,
        channel: 'Channel::Email',
        meta: { sender: { id: 11, name: 'Ann', email: 'ann@example.org' } },
      },
      account: { id: 1 },
    });
    const timestamp = String(Math.floor(running.now().getTime() / 1000) - agedSeconds);
    const hex = createHmac('sha256', CHATWOOT_SECRET).update(`${timestamp}.${payload}`).digest('hex');
    return server.inject({
      method: 'POST',
      url: '/v1/inbound/chatwoot',
      headers: {
        'content-type': 'application/json',
        'x-chatwoot-timestamp': timestamp,
        'x-chatwoot-signature': `sha256=${hex}`,
      },
      payload,
    });
  };
  expect((await send(301)).statusCode).toBe(401);
  expect((await send(0)).statusCode).toBe(200);
  expect((await send(1)).statusCode).toBe(200);
  const ann = await findCustomer(running.store, { email: 'ann@example.org' });
  expect(await eventNames(ann?._id ?? '')).toEqual(['Live Chat Message Sent']);
});

test("Zendesk's tickets join the customer whose address Zendesk has; an old recording of one is refused", async () => {
  const send = (kind: string, detail: object, agedSeconds = 0) => {
    const time = new Date(running.now().getTime() - agedSeconds * 1000).toISOString();
    const payload = JSON.stringify({
      type: `zen:event-type:${kind}`,
      account_id: 5,
      time,
      detail,
      event: {},
    });
    return server.inject({
      method: 'POST',
      url: '/v1/inbound/zendesk',
      headers: {
        'content-type': 'application/json',
        'x-zendesk-webhook-signature-timestamp': time,
        'x-zendesk-webhook-signature': createHmac('sha256', CHATWOOT_SECRET)
          .update(time + payload)
          .digest('base64'),
      },
      payload,
    });
  };
  const ticket = { id: '31', requester_id: '12', description: 'Hello', created_at: running.now() };
  const person = { id: '12', email: 'zoe@example.org', external_id: '', role: 'end-user' };
  expect((await send('ticket.created', ticket, 301)).statusCode).toBe(401);
  for (const agedSeconds of [0, 1])
    expect((await send('ticket.created', ticket, agedSeconds)).statusCode).toBe(200);
  expect((await send('user.created', person)).statusCode).toBe(200);
  expect((await send('ticket.created', {})).statusCode).toBe(400);
  const zoe = await findCustomer(running.store, { email: 'zoe@example.org' });
  expect((await eventNames(zoe?._id ?? '')).sort()).toEqual([
    'Live Chat Conversation Started',
    'Live Chat Message Sent',
  ]);
});

describe('a shop', () => {
  const shopify = (topic: string, body: object, secret = SHOP_SECRET) => {
    const payload = JSON.stringify(body);
    return server.inject({
      method: 'POST',
      url: '/v1/inbound/shopify',
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(payload).digest('base64'),
      },
      payload,
    });
  };
  const stripe = (body: object, { agedSeconds = 0, secret = SHOP_SECRET } = {}) => {
    const payload = JSON.stringify(body);
    const time = Math.floor(running.now().getTime() / 1000) - agedSeconds;
    const hex = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${time},v1=${hex}` };
    return server.inject({ method: 'POST', url: '/v1/inbound/stripe', headers, payload });
  };
  const anOrder = {
    id: 5001,
    created_at: '2026-11-20T10:00:00+01:00',
    currency: 'EUR',
    total_price: '42.50',
    customer: {
      id: 77,
      email: 'Bea@Example.org',
      first_name: 'Bea',
      email_marketing_consent: { state: 'subscribed', consent_updated_at: '2026-11-20T10:00:00+01:00' },
    },
    line_items: [{ product_id: 9, sku: 'tea-1', title: 'Tea', price: '21.25', quantity: 2 }],
  };

  test("Shopify's order is one event of the customer's, however often it is told; a wrong signature is none", async () => {
    expect((await shopify('orders/create', anOrder, 'somebody else')).statusCode).toBe(401);
    expect(await findCustomer(running.store, { email: 'bea@example.org' })).toBeNull();
    for (const topic of ['orders/create', 'orders/create', 'products/update', 'orders/cancelled'])
      expect((await shopify(topic, anOrder)).statusCode).toBe(200);
    const bea = await findCustomer(running.store, { externalId: 'shopify:77' });
    expect(bea).toMatchObject({
      traits: { firstName: 'Bea' },
      totals: { orders: 1, revenue: 42.5, currency: 'EUR' },
      consent: [{ channel: 'email', purpose: 'marketing', state: 'granted' }],
    });
    expect((await findCustomer(running.store, { email: 'bea@example.org' }))?._id).toBe(bea?._id);
    expect(await eventNames(bea?._id ?? '')).toEqual(
      expect.arrayContaining(['Order Completed', 'Order Cancelled']),
    );
    expect((await shopify('orders/create', { id: 5002 })).statusCode).toBe(400);
  });

  test("Stripe's payment is one event of the person it names; an old recording is refused", async () => {
    const paid = {
      id: 'evt_1',
      type: 'checkout.session.completed',
      created: Math.floor(running.now().getTime() / 1000),
      data: {
        object: {
          id: 'cs_1',
          object: 'checkout.session',
          customer: 'cus_stripe_1',
          client_reference_id: 'cleo',
          amount_total: 1999,
          currency: 'gbp',
          customer_details: { email: 'cleo@example.org', name: 'Cleo' },
        },
      },
    };
    expect((await stripe(paid, { agedSeconds: 301 })).statusCode).toBe(401);
    expect((await stripe(paid, { secret: 'somebody else' })).statusCode).toBe(401);
    expect(await findCustomer(running.store, { userId: 'cleo' })).toBeNull();
    for (const agedSeconds of [0, 200]) expect((await stripe(paid, { agedSeconds })).statusCode).toBe(200);
    expect((await stripe({ ...paid, id: 'evt_2', type: 'product.created' })).statusCode).toBe(200);
    const cleo = await findCustomer(running.store, { userId: 'cleo' });
    expect(cleo).toMatchObject({ totals: { orders: 1, revenue: 19.99, currency: 'GBP' } });
    expect((await findCustomer(running.store, { externalId: 'stripe:cus_stripe_1' }))?._id).toBe(cleo?._id);
    expect((await stripe({ type: 'checkout.session.completed' })).statusCode).toBe(400);
  });
});
