import { createECDH } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { createPushBrowser } from '../testing/push-browser.js';
import { createWebPushChannel } from './web-push-channel.js';

const ours = createECDH('prime256v1');
ours.generateKeys();
const vapid = {
  subject: 'mailto:ops@example.com',
  publicKey: ours.getPublicKey().toString('base64url'),
  // Node leaves leading zeros out.
  privateKey: Buffer.concat([Buffer.alloc(32), ours.getPrivateKey()])
    .subarray(-32)
    .toString('base64url'),
};
const browser = createPushBrowser();
const message: OutboundMessage = {
  deliveryId: 'dec_1:offer:webpush',
  to: 'http://127.0.0.1:9/push/1',
  keys: browser.keys,
  subject: 'Grüße',
  text: 'Your parcel comes today',
  link: 'https://shop.example.com/orders/1042',
};

/** A push service, as the RFCs describe it: it refuses what isn't well addressed, signed or encrypted. */
function pushService({ method, headers, bytes }: RecordedRequest): HttpAnswer {
  if (method !== 'POST' || headers['content-encoding'] !== 'aes128gcm') return { status: 415 };
  if (!/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/.test(headers.authorization ?? ''))
    return { status: 401 };
  if (!/^\d+$/.test(String(headers['ttl'])) || !/^[\w-]{1,32}$/.test(String(headers['topic'])))
    return { status: 400 };
  if (bytes.length > 4_096) return { status: 413 };
  return { status: 201, headers: { location: 'https://push.example.net/m/1' } };
}

const BEHAVIOURS = {
  accepts: pushService,
  'refuses-for-good': () => ({ status: 413 }),
  'refuses-for-now': () => ({ status: 429 }),
  unreachable: pushService,
} as const;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
async function start(answer: (request: RecordedRequest) => HttpAnswer) {
  const server = await startHttpRecorder(answer);
  closers.push(server.close);
  const channel = createWebPushChannel({ vapid, allowPrivate: true, timeoutMs: 2_000 });
  const send = (more: Partial<OutboundMessage> = {}) =>
    channel.send({ ...message, to: `${server.url}/push/1`, ...more });
  return { server, send };
}

describeChannelContract('web push', {
  message,
  impossible: { ...message, text: 'x'.repeat(4_000) },
  async open(behaviour) {
    if (behaviour === undefined)
      return { channel: createWebPushChannel({ vapid: null }), close: async () => undefined };
    const server = await startHttpRecorder(BEHAVIOURS[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    const channel = createWebPushChannel({ vapid, allowPrivate: true, timeoutMs: 2_000 });
    const moved = {
      ...channel,
      send: (each: OutboundMessage) => channel.send({ ...each, to: `${server.url}/push/1` }),
    };
    return { channel: moved, close: behaviour === 'unreachable' ? async () => undefined : server.close };
  },
});

describe('createWebPushChannel', () => {
  it('says to the one browser, and to no other, what it is told', async () => {
    const { server, send } = await start(pushService);
    expect(await send()).toEqual({ status: 'sent', providerMessageId: 'https://push.example.net/m/1' });
    const body = server.requests[0]?.bytes ?? Buffer.alloc(0);
    expect(JSON.parse(browser.decrypt(body))).toEqual({
      title: 'Grüße',
      body: 'Your parcel comes today',
      deliveryId: 'dec_1:offer:webpush',
      link: 'https://shop.example.com/orders/1042',
    });
    expect(() => createPushBrowser().decrypt(body)).toThrow();
  });

  it('signs for this push service alone', async () => {
    const { server, send } = await start(pushService);
    await send();
    const { authorization = '' } = server.requests[0]?.headers ?? {};
    const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(authorization) ?? [];
    expect(key).toBe(vapid.publicKey);
    const point = Buffer.from(key, 'base64url');
    const verifier = await importJWK(
      {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      'ES256',
    );
    const { payload } = await jwtVerify(token, verifier, { audience: server.url });
    expect(payload.sub).toBe('mailto:ops@example.com');
    expect((payload.exp ?? 0) * 1000 - Date.now()).toBeLessThan(24 * 3_600_000);
  });

  it('gives a repeat the topic of the first, so that it takes its place', async () => {
    const { server, send } = await start(pushService);
    await send();
    await send();
    await send({ deliveryId: 'another' });
    const topics = server.requests.map(({ headers }) => headers['topic']);
    expect(topics[0]).toBe(topics[1]);
    expect(topics[2]).not.toBe(topics[0]);
  });

  it.each([404, 410])('says at %i that nobody is there any more', async (status) => {
    const { send } = await start(() => ({ status }));
    expect(await send()).toMatchObject({ status: 'rejected', addressGone: true });
  });

  it.each([
    ['no keys', { keys: undefined }],
    [
      'a key that is no point',
      { keys: { ...browser.keys, p256dh: Buffer.alloc(65, 5).toString('base64url') } },
    ],
    ['an address that is none', { to: 'push' }],
  ])('forgets a subscription with %s', async (...[, more]) => {
    const { server, send } = await start(pushService);
    const { keys: _, ...rest } = message;
    const channel = createWebPushChannel({ vapid, allowPrivate: true });
    const result =
      'keys' in more && more.keys === undefined
        ? await channel.send({ ...rest, to: `${server.url}/push/1` })
        : await send(more as Partial<OutboundMessage>);
    expect(result).toMatchObject({ status: 'rejected', addressGone: true });
    expect(server.requests).toEqual([]);
  });

  it('never calls into our own network', async () => {
    const channel = createWebPushChannel({ vapid });
    for (const to of [
      'https://169.254.169.254/x',
      'https://127.0.0.1/x',
      'http://push.example.com/x',
      'https://localhost/x',
    ])
      expect(await channel.send({ ...message, to })).toMatchObject({ status: 'rejected', addressGone: true });
  });

  it.each([
    ['a busy service', { status: 429, headers: { 'retry-after': '120' } }, 120_000],
    ['a fault', { status: 503 }, 0],
    ['refused keys, which somebody will correct', { status: 403 }, 0],
  ])('throws a retryable fault at %s', async (...[, answer, retryAfterMs]) => {
    const { send } = await start(() => answer);
    await expect(send()).rejects.toMatchObject({ name: 'RetryableSendError', retryAfterMs });
  });

  it('refuses keys that are none, naming which, without repeating them', () => {
    const create = (more: object) => () => createWebPushChannel({ vapid: { ...vapid, ...more } });
    expect(create({ privateKey: 'c2VjcmV0' })).toThrow(/the private key is not 32 bytes/);
    expect(create({ privateKey: 'c2VjcmV0' })).toThrow(expect.not.objectContaining({ message: /c2Vj/ }));
    expect(create({ publicKey: '' })).toThrow(/the public key/);
    expect(create({ subject: 'ops@example.com' })).toThrow(/the subject/);
  });
});

it("the test's browser reads the example of RFC 8291, section 5", () => {
  const { decrypt, keys } = createPushBrowser({
    privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  });
  expect(keys.p256dh).toBe(
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  );
  const body =
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';
  expect(decrypt(Buffer.from(body, 'base64url'))).toBe('When I grow up, I want to be a watermelon');
});
