import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpAnswer, startHttpRecorder } from '../testing/http-recorder.js';
import { createWebhookSender, type OutboundWebhook } from './send-webhook.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const webhook: OutboundWebhook = {
  url: 'https://receiver.example/hook',
  secrets: [SECRET],
  id: 'msg_1',
  type: 'decision.made',
  happenedAt: new Date('2025-06-01T12:00:00Z'),
  data: { decisionId: 'd1', customer: 'Zoë' },
};

describe('createWebhookSender', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function sendTo(answer: HttpAnswer, changes: Partial<OutboundWebhook> = {}) {
    const server = await startHttpRecorder(() => answer);
    closers.push(server.close);
    const send = createWebhookSender({ now: () => new Date(), allowPrivate: true, timeoutMs: 2_000 });
    return {
      result: await send({ ...webhook, url: `${server.url}/hook?a=1`, ...changes }),
      requests: server.requests,
    };
  }

  it('sends what any Standard Webhooks receiver verifies', async () => {
    const { result, requests } = await sendTo({ status: 204 });
    expect(result).toEqual({ status: 'delivered', httpStatus: 204 });
    const [request] = requests;
    const headers = Object.fromEntries(
      Object.entries(request?.headers ?? {}).map(([key, value]) => [key, String(value)]),
    );
    expect(new Webhook(SECRET).verify(request?.body ?? '', headers)).toEqual({
      type: 'decision.made',
      timestamp: '2025-06-01T12:00:00.000Z',
      data: { decisionId: 'd1', customer: 'Zoë' },
    });
    expect(request).toMatchObject({ method: 'POST', path: '/hook?a=1', headers: { 'webhook-id': 'msg_1' } });
  });

  it.each([
    [{ status: 410 }, { status: 'gone' }],
    [
      { status: 503, headers: { 'retry-after': '120' } },
      { status: 'failed', reason: 'HTTP 503', retryAfterMs: 120_000 },
    ],
    [
      { status: 429, headers: { 'retry-after': '999999999' } },
      { status: 'failed', reason: 'HTTP 429', retryAfterMs: 86_400_000 },
    ],
    [
      { status: 500, headers: { 'retry-after': 'soon' } },
      { status: 'failed', reason: 'HTTP 500', retryAfterMs: 0 },
    ],
    [
      { status: 301, headers: { location: 'http://127.0.0.1:1/' } },
      { status: 'failed', reason: 'HTTP 301', retryAfterMs: 0 },
    ],
  ])('answers %j with %j', async (answer, result) => {
    expect((await sendTo(answer)).result).toEqual(result);
  });

  it('may try again later when nobody answers', async () => {
    const server = await startHttpRecorder(() => ({ status: 200 }));
    await server.close();
    const send = createWebhookSender({ now: () => new Date(), allowPrivate: true, timeoutMs: 2_000 });
    expect(await send({ ...webhook, url: server.url })).toMatchObject({ status: 'failed', retryAfterMs: 0 });
  });

  it('refuses a message over 20 KB before it is sent', async () => {
    const { result, requests } = await sendTo({ status: 200 }, { data: 'x'.repeat(21_000) });
    expect(result).toMatchObject({ status: 'refused', reason: expect.stringMatching(/more than 20480$/) });
    expect(requests).toEqual([]);
  });

  it.each([
    ['http://receiver.example/', 'the address is not https'],
    ['receiver', 'the address is no URL'],
    ['https://user:pw@receiver.example/', 'the address carries a password'],
    ['https://127.0.0.1/', '127.0.0.1 is not a public address'],
    ['https://2130706433/', '127.0.0.1 is not a public address'],
    ['https://0x7f.1/', '127.0.0.1 is not a public address'],
    ['https://[::1]/', '::1 is not a public address'],
    ['https://[::ffff:10.0.0.1]/', '::ffff:a00:1 is not a public address'],
    ['https://169.254.169.254/latest/meta-data', '169.254.169.254 is not a public address'],
    ['ftp://receiver.example/', 'the address is not https'],
  ])('refuses %s', async (url, reason) => {
    const send = createWebhookSender({ now: () => new Date() });
    expect(await send({ ...webhook, url })).toEqual({ status: 'refused', reason });
  });

  it('refuses a name that leads into our own network, when it connects', async () => {
    const send = createWebhookSender({ now: () => new Date(), timeoutMs: 2_000 });
    expect(await send({ ...webhook, url: 'https://localhost:9/' })).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/^localhost is (127\.0\.0\.1|::1), which is not public$/),
    });
  });
});
