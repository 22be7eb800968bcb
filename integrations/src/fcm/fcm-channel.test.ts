import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { createFcmChannel } from './fcm-channel.js';
import { type ServiceAccount, serviceAccountSchema } from './service-account.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const TOKEN = `device:${'a1B2-_'.repeat(20)}`;
const message: OutboundMessage = {
  deliveryId: 'dec_1:offer:push',
  to: TOKEN,
  subject: 'On its way',
  text: 'Your parcel comes today',
  link: 'https://shop.example.com/orders/1042',
};

const sentMessage = z.strictObject({
  message: z.strictObject({
    token: z.string().min(20),
    notification: z.strictObject({ title: z.string().min(1), body: z.string().min(1) }),
    data: z.record(z.string().regex(/^(?!from$|google|gcm)/), z.string()),
    android: z.strictObject({ notification: z.strictObject({ tag: z.string() }) }),
  }),
});
const problem = (status: number, errorCode: string, more: object = {}): HttpAnswer => ({
  status,
  body: JSON.stringify({
    error: {
      code: status,
      message: `FCM says ${errorCode}`,
      status: 'X',
      details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }, more],
    },
  }),
});

/** Google's token endpoint and FCM in one: requests are kept to be checked, and checked field by field. */
function google(request: RecordedRequest): HttpAnswer {
  if (request.path === '/token') {
    const form = new URLSearchParams(request.body);
    const known = form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    if (!known || form.get('assertion') === null) return { status: 400, body: '{"error":"invalid_request"}' };
    return { status: 200, body: '{"access_token":"ya29.1","expires_in":3599,"token_type":"Bearer"}' };
  }
  if (request.method !== 'POST' || request.path !== '/v1/projects/shop-1/messages:send')
    return { status: 404, body: '{"error":{"message":"Not found"}}' };
  if (request.headers.authorization !== 'Bearer ya29.1') return problem(401, 'THIRD_PARTY_AUTH_ERROR');
  const parsed = sentMessage.safeParse(JSON.parse(request.body));
  if (!parsed.success) return problem(400, 'INVALID_ARGUMENT');
  return { status: 200, body: '{"name":"projects/shop-1/messages/0:15005"}' };
}
const answering =
  (answer: HttpAnswer) =>
  (request: RecordedRequest): HttpAnswer =>
    request.path === '/token' ? google(request) : answer;

function accountAt(url: string): ServiceAccount {
  return serviceAccountSchema.parse({
    type: 'service_account',
    project_id: 'shop-1',
    private_key_id: 'k1',
    private_key: pem,
    client_email: 'segue@shop-1.iam.gserviceaccount.com',
    token_uri: `${url}/token`,
  });
}

const BEHAVIOURS = {
  accepts: google,
  'refuses-for-good': answering(problem(400, 'INVALID_ARGUMENT')),
  'refuses-for-now': answering(problem(503, 'UNAVAILABLE')),
  unreachable: google,
} as const;

describeChannelContract('mobile push', {
  message,
  impossible: { ...message, text: 'x'.repeat(4_096) },
  async open(behaviour) {
    if (behaviour === undefined)
      return { channel: createFcmChannel({ serviceAccount: null }), close: async () => undefined };
    const server = await startHttpRecorder(BEHAVIOURS[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    const serviceAccount = accountAt(server.url);
    const channel = createFcmChannel({ serviceAccount, baseUrl: server.url, timeoutMs: 2_000 });
    return { channel, close: behaviour === 'unreachable' ? async () => undefined : server.close };
  },
});

describe('createFcmChannel', () => {
  let now = new Date('2026-11-22T12:00:00Z');
  const closers: (() => Promise<void>)[] = [];
  beforeAll(() => {
    now = new Date('2026-11-22T12:00:00Z');
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const start = async (answer: (request: RecordedRequest) => HttpAnswer) => {
    const server = await startHttpRecorder(answer);
    closers.push(server.close);
    const channel = createFcmChannel({
      serviceAccount: accountAt(server.url),
      baseUrl: server.url,
      now: () => now,
    });
    return { server, channel, paths: () => server.requests.map(({ path }) => path) };
  };

  it("signs in with the service account's key, for messages and nothing else", async () => {
    const { server, channel } = await start(google);
    await channel.send(message);
    const assertion = new URLSearchParams(server.requests[0]?.body).get('assertion') ?? '';
    const { payload, protectedHeader } = await jwtVerify(assertion, createPublicKey(pem), {
      issuer: 'segue@shop-1.iam.gserviceaccount.com',
      audience: `${server.url}/token`,
      currentDate: now,
    });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: 'k1' });
    expect(payload).toMatchObject({ scope: 'https://www.googleapis.com/auth/firebase.messaging' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
  });

  it('sends title, words, link and the name of the delivery', async () => {
    const { server, channel } = await start(google);
    expect(await channel.send(message)).toEqual({
      status: 'sent',
      providerMessageId: 'projects/shop-1/messages/0:15005',
    });
    expect(JSON.parse(server.requests[1]?.body ?? '')).toMatchObject({
      message: {
        token: TOKEN,
        notification: { title: 'On its way', body: 'Your parcel comes today' },
        data: { deliveryId: 'dec_1:offer:push', link: 'https://shop.example.com/orders/1042' },
      },
    });
  });

  it('asks for one token for many messages, and for another when it ends or is refused', async () => {
    const { channel, paths } = await start(google);
    await Promise.all([channel.send(message), channel.send(message), channel.send(message)]);
    expect(paths().filter((path) => path === '/token')).toHaveLength(1);
    now = new Date(now.getTime() + 3_540_000);
    await channel.send(message);
    expect(paths().filter((path) => path === '/token')).toHaveLength(2);

    const refusing = await start(answering(problem(401, 'UNAUTHENTICATED')));
    for (const _ of [1, 2]) {
      await expect(refusing.channel.send(message)).rejects.toMatchObject({ name: 'RetryableSendError' });
    }
    expect(refusing.paths().filter((path) => path === '/token')).toHaveLength(2);
  });

  it.each([
    ['an app that is gone', problem(404, 'UNREGISTERED')],
    ["another project's token", problem(403, 'SENDER_ID_MISMATCH')],
    ['a broken token', problem(400, 'INVALID_ARGUMENT', { fieldViolations: [{ field: 'message.token' }] })],
  ])('says that nobody is there any more: %s', async (...[, answer]) => {
    const { channel } = await start(answering(answer));
    expect(await channel.send(message)).toMatchObject({ status: 'rejected', addressGone: true });
  });

  it('keeps to 4,096 bytes, counted as UTF-8', async () => {
    const { server, channel } = await start(google);
    const result = await channel.send({ ...message, text: 'ü'.repeat(2_048) });
    expect(result).toMatchObject({ status: 'rejected', reason: expect.stringContaining('more than 4096') });
    expect(result).not.toHaveProperty('addressGone');
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['too many messages', { ...problem(429, 'QUOTA_EXCEEDED'), headers: { 'retry-after': '60' } }, 60_000],
    ['a fault', problem(500, 'INTERNAL'), 0],
    ['a project nobody knows', { status: 404, body: '{"error":{"message":"Not found"}}' }, 0],
    ['garbage', { status: 502, body: '<html>' }, 0],
    ['garbage with a 200', { status: 200, body: '' }, 0],
  ])('throws a retryable fault at %s', async (...[, answer, retryAfterMs]) => {
    const { channel } = await start(answering(answer));
    await expect(channel.send(message)).rejects.toMatchObject({ name: 'RetryableSendError', retryAfterMs });
  });

  it('throws a retryable fault when Google refuses the account', async () => {
    const { channel } = await start(() => ({ status: 400, body: '{"error":"invalid_grant"}' }));
    await expect(channel.send(message)).rejects.toMatchObject({
      message: 'push: Google gives no access token (HTTP 400)',
    });
  });
});
