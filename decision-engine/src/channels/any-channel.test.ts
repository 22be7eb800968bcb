import { type Channel, RetryableSendError, SMS_DEFINITION } from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { requestDelivery, requestMessage } from '../deliveries/request-delivery.js';
import { sendDue } from '../deliveries/send-due.js';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { createChannelRegistry } from './channel-registry.js';
import { channelState, connectChannel } from './connect-channel.js';

const MINUTE = 60_000;
const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'text', channel: 'sms', title: 'Text it', body: 'Hello {{ customer.firstName }}' },
  { treatmentId: 'fax', channel: 'fax', title: 'Fax it', body: 'Words' },
];

describe('a message on another channel than e-mail', () => {
  let running: TestEngine;
  let sent: { to: string; text: string }[] = [];
  let fault: RetryableSendError | null = null;
  let ids = 0;
  const sms: Channel = {
    definition: SMS_DEFINITION,
    send: ({ to, text, deliveryId }) => {
      if (fault !== null) return Promise.reject(fault);
      sent.push({ to, text });
      return Promise.resolve({ status: 'sent', providerMessageId: `SM ${deliveryId}` });
    },
    close: () => Promise.resolve(),
  };
  beforeAll(async () => {
    running = await startTestEngine({ actions: [actionOf('a', { treatments })] }, { channels: [sms] });
  }, 30_000);
  afterAll(() => running.close());
  beforeEach(() => {
    sent = [];
    fault = null;
  });

  async function decided(traits: Record<string, string>): Promise<string> {
    const userId = `text-${ids++}`;
    await running.customer(userId, { ...traits, consent: { sms: true, fax: true } });
    const request = { customer: { userId }, channel: 'agent', slots: 1, context: {} };
    return (await decideFor(running.engine, request, 'test'))?.decisionId ?? '';
  }
  const ask = (decisionId: string, channel: string) => ({ decisionId, actionId: 'a', channel });
  async function stored(decisionId: string): Promise<DecisionDocument['deliveries']> {
    const decision = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    return decision?.deliveries ?? [];
  }

  test("goes to the channel's own address, with its own words, and keeps the provider's id", async () => {
    const decisionId = await decided({
      firstName: 'Ann',
      phone: '+44 7700 900001',
      email: 'ann@example.com',
    });
    await requestMessage(running.engine, ask(decisionId, 'sms'));
    await sendDue(running.engine);
    expect(sent).toEqual([{ to: '+447700900001', text: 'Hello Ann' }]);
    const deliveryId = `${decisionId}:a:sms`;
    expect(await stored(decisionId)).toMatchObject([
      { deliveryId, channel: 'sms', state: 'sent', providerMessageId: `SM ${deliveryId}` },
    ]);
  });

  test('of several numbers the one told last is taken', async () => {
    const userId = `text-${ids++}`;
    const customerId = await running.customer(userId, { phone: '+447700900009', consent: { sms: true } });
    running.pass(MINUTE);
    await running.send({ type: 'identify', userId, traits: { phone: '+447700900003' } });
    const document = await running.store.customers.findById(customerId).lean();
    const channel = running.engine.channels.get('sms');
    expect(document !== null && (await channel?.addressOf(running.store, document))).toBe('+447700900003');
  });

  test('is refused, and why, before anything is queued', async () => {
    const { engine } = running;
    const noPhone = await decided({ firstName: 'Ann' });
    await expect(requestMessage(engine, ask(noPhone, 'sms'))).rejects.toMatchObject({
      code: 'no_address',
      message: expect.stringContaining('no phone number is known'),
    });
    const noName = await decided({ phone: '+447700900002' });
    await expect(requestMessage(engine, ask(noName, 'sms'))).rejects.toMatchObject({ code: 'no_words' });
    await expect(requestMessage(engine, ask(noName, 'fax'))).rejects.toMatchObject({
      code: 'unknown_channel',
    });
    await expect(requestMessage(engine, ask(noName, 'email'))).rejects.toMatchObject({
      code: 'no_treatment',
    });
    expect(await stored(noName)).toEqual([]);
  });

  test('waits as long as the provider asks, where that is longer than the back-off', async () => {
    const decisionId = await decided({ firstName: 'Ann', phone: '+447700900004' });
    expect((await requestDelivery(running.engine, ask(decisionId, 'sms'))).kind).toBe('queued');
    fault = new RetryableSendError('sms', 'Too Many Requests', { retryAfterMs: 20 * MINUTE });
    await sendDue(running.engine);
    expect(await stored(decisionId)).toMatchObject([
      { state: 'pending', dueAt: new Date(running.now().getTime() + 20 * MINUTE), attempts: 1 },
    ]);
    fault = null;
    running.pass(20 * MINUTE);
    await sendDue(running.engine);
    expect(await stored(decisionId)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

test('a channel says which of its settings are missing', () => {
  expect(channelState('SMS', { A: '1', B: '2' })).toEqual({ configured: true, detail: '' });
  expect(channelState('SMS', { A: null, B: '2', C: null }).detail).toBe(
    'SMS is not configured: set A and C and start again. Nothing is sent until then.',
  );
});

test('two channels of one name are refused', () => {
  const channel = connectChannel(
    {
      definition: SMS_DEFINITION,
      send: () => Promise.reject(new Error('no')),
      close: () => Promise.resolve(),
    },
    { configured: true, detail: '' },
  );
  expect(() => createChannelRegistry([channel, channel])).toThrow(/an id of its own, got sms, sms/);
});
