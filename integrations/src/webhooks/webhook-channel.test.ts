import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { createWebhookChannel } from './webhook-channel.js';

const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const older = `whsec_${Buffer.from('fedcba9876543210fedcba9876543210').toString('base64')}`;
const happenedAt = new Date('2026-11-22T12:00:00Z');
const message: OutboundMessage = {
  deliveryId: 'dec_1:offer:webhook',
  to: 'crm',
  subject: 'Offer made',
  text: 'Free express',
  event: { type: 'segue.action.chosen', happenedAt, data: { customerId: 'cus_1' } },
};

/** A receiver that checks the signature with the library that receivers use. */
function receiver(request: RecordedRequest): HttpAnswer {
  try {
    new Webhook(secret).verify(request.body, request.headers as Record<string, string>);
    return { status: 204 };
  } catch {
    return { status: 401 };
  }
}

function channelAt(url: string) {
  const now = () => new Date();
  return createWebhookChannel({
    endpoints: new Map([['crm', { url, secrets: [older, secret] }]]),
    now,
    allowPrivate: true,
    timeoutMs: 2_000,
  });
}

describeChannelContract('webhooks', {
  message,
  impossible: { ...message, to: 'nobody' },
  async open(behaviour) {
    if (behaviour === undefined) {
      const channel = createWebhookChannel({ endpoints: new Map(), now: () => new Date() });
      return { channel, close: async () => undefined };
    }
    const answers = {
      accepts: receiver,
      'refuses-for-good': () => ({ status: 410 }),
      'refuses-for-now': () => ({ status: 503 }),
      unreachable: receiver,
    };
    const server = await startHttpRecorder(answers[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    return {
      channel: channelAt(server.url),
      close: behaviour === 'unreachable' ? async () => undefined : server.close,
    };
  },
});

describe('createWebhookChannel', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const start = async (answer: (request: RecordedRequest) => HttpAnswer) => {
    const server = await startHttpRecorder(answer);
    closers.push(server.close);
    return { server, channel: channelAt(server.url) };
  };

  it('sends what happened, signed so that a receiver can verify it, under one id however often', async () => {
    const { server, channel } = await start(receiver);
    await channel.send(message);
    await channel.send(message);
    expect(server.requests.map(({ headers }) => headers['webhook-id'])).toEqual([
      'dec_1:offer:webhook',
      'dec_1:offer:webhook',
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      type: 'segue.action.chosen',
      timestamp: '2026-11-22T12:00:00.000Z',
      data: {
        deliveryId: 'dec_1:offer:webhook',
        subject: 'Offer made',
        text: 'Free express',
        customerId: 'cus_1',
      },
    });
  });

  it('says that a receiver wants no more, and for how long a busy one asks to be left alone', async () => {
    const gone = await start(() => ({ status: 410 }));
    expect(await gone.channel.send(message)).toMatchObject({ status: 'rejected', addressGone: true });
    const busy = await start(() => ({ status: 429, headers: { 'retry-after': '600' } }));
    await expect(busy.channel.send(message)).rejects.toMatchObject({ retryAfterMs: 600_000 });
  });
});
