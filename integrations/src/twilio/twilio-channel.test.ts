import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { createTwilioChannel } from './twilio-channel.js';

const credentials = { accountSid: 'AC0123', authToken: 'secret', from: '+15005550006' };
const message: OutboundMessage = {
  deliveryId: 'd1',
  to: '+4915112345678',
  text: 'Your parcel is on its way & late',
};
const AUTHORIZATION = `Basic ${Buffer.from('AC0123:secret').toString('base64')}`;

/** Twilio, as far as we use it: it checks each request field by field. */
function twilio(request: RecordedRequest): HttpAnswer {
  const form = new URLSearchParams(request.body);
  const problem = (status: number, code: number, text: string) => ({
    status,
    body: JSON.stringify({ code, message: text, status }),
  });
  if (request.headers.authorization !== AUTHORIZATION) return problem(401, 20003, 'Authenticate');
  if (request.method !== 'POST' || request.path !== '/2010-04-01/Accounts/AC0123/Messages.json')
    return problem(404, 20404, 'Not found');
  if (!/^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? ''))
    return problem(400, 20001, 'No form');
  if (form.get('From') === form.get('MessagingServiceSid'))
    return problem(400, 21603, "A 'From' number is required");
  if (!/^\+\d+$/.test(form.get('To') ?? '')) return problem(400, 21211, "Invalid 'To' Phone Number");
  if ((form.get('Body') ?? '') === '') return problem(400, 21602, 'Message body is required');
  return { status: 201, body: JSON.stringify({ sid: 'SM0123', status: 'queued' }) };
}

const BEHAVIOURS = {
  accepts: twilio,
  'refuses-for-good': () => ({
    status: 400,
    body: '{"code":21610,"message":"Attempt to send to unsubscribed recipient","status":400}',
  }),
  'refuses-for-now': () => ({
    status: 429,
    body: '{"code":20429,"message":"Too Many Requests","status":429}',
  }),
  unreachable: twilio,
} as const;

describeChannelContract('Twilio', {
  message,
  impossible: { ...message, to: '0151 12345678' },
  async open(behaviour) {
    if (behaviour === undefined)
      return { channel: createTwilioChannel({ credentials: null }), close: async () => undefined };
    const server = await startHttpRecorder(BEHAVIOURS[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    const channel = createTwilioChannel({ credentials, baseUrl: server.url, timeoutMs: 2_000 });
    return { channel, close: behaviour === 'unreachable' ? async () => undefined : server.close };
  },
});

describe('createTwilioChannel', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const start = async (answer: (request: RecordedRequest) => HttpAnswer) => {
    const server = await startHttpRecorder(answer);
    closers.push(server.close);
    return server;
  };

  it('sends the text, the sender and where to report to', async () => {
    const server = await start(twilio);
    const statusCallback = (deliveryId: string) => `https://segue.example/twilio/status?d=${deliveryId}`;
    const channel = createTwilioChannel({ credentials, baseUrl: server.url, statusCallback });
    expect(await channel.send(message)).toEqual({ status: 'sent', providerMessageId: 'SM0123' });
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({
      To: '+4915112345678',
      From: '+15005550006',
      Body: 'Your parcel is on its way & late',
      StatusCallback: 'https://segue.example/twilio/status?d=d1',
    });
  });

  it('names a messaging service as one', async () => {
    const server = await start(twilio);
    const from = `MG${'a1'.repeat(16)}`;
    await createTwilioChannel({ credentials: { ...credentials, from }, baseUrl: server.url }).send(message);
    expect(new URLSearchParams(server.requests[0]?.body).get('MessagingServiceSid')).toBe(from);
  });

  it('says of a text that is paid for several times how often, and why', async () => {
    const server = await start(twilio);
    const channel = createTwilioChannel({ credentials, baseUrl: server.url });
    expect(await channel.send({ ...message, text: 'a'.repeat(161) })).toMatchObject({
      note: 'sent as 2 SMS',
    });
    expect(await channel.send({ ...message, text: `“${'a'.repeat(140)}”` })).toMatchObject({
      note: 'sent as 3 SMS, because of “ ”',
    });
  });

  it('says why Twilio refuses', async () => {
    const server = await start(BEHAVIOURS['refuses-for-good']);
    expect(await createTwilioChannel({ credentials, baseUrl: server.url }).send(message)).toEqual({
      status: 'rejected',
      reason: 'Attempt to send to unsubscribed recipient (Twilio error 21610)',
      optedOut: true,
    });
  });

  it('passes on how long Twilio asks to be left alone', async () => {
    const server = await start(() => ({
      status: 429,
      body: '{"message":"Slow"}',
      headers: { 'retry-after': '90' },
    }));
    await expect(
      createTwilioChannel({ credentials, baseUrl: server.url }).send(message),
    ).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it.each([
    ['wrong credentials', { status: 401, body: '{"code":20003,"message":"Authenticate"}' }],
    ['a server error', { status: 503, body: 'busy' }],
    ['garbage with a 200', { status: 200, body: '<html>' }],
    ['a 400 of something in between', { status: 400, body: '<html>Bad gateway</html>' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ])('throws a retryable fault at %s', async (_, answer) => {
    const server = await start(() => answer);
    await expect(
      createTwilioChannel({ credentials, baseUrl: server.url }).send(message),
    ).rejects.toMatchObject({ name: 'RetryableSendError' });
  });

  it.each([
    ['', 'no text'],
    ['x'.repeat(1_601), 'the text is longer than 1600 characters'],
  ])('rejects a text Twilio would not take (%#)', async (text, reason) => {
    expect(await createTwilioChannel({ credentials }).send({ ...message, text })).toEqual({
      status: 'rejected',
      reason,
    });
  });
});
