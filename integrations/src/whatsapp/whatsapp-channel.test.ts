import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { readWhatsAppCall } from './read-call.js';
import { isWhatsAppCall, whatsAppChallenge } from './signature.js';
import { createWhatsAppChannel } from './whatsapp-channel.js';

const credentials = { accessToken: 'EAAG', phoneNumberId: '106540352242922' };
const message: OutboundMessage = {
  deliveryId: 'dec_1:offer:whatsapp',
  to: '+447700900123',
  text: 'Your parcel is late',
  template: { name: 'order_late', language: 'en_GB', parameters: ['Ann', '1042'] },
};

const problem = (status: number, code: number, text: string): HttpAnswer => ({
  status,
  body: JSON.stringify({ error: { message: text, type: 'OAuthException', code, fbtrace_id: 'x' } }),
});

const template = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z.string().regex(/^\d{7,15}$/),
  type: z.literal('template'),
  template: z.strictObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.strictObject({ code: z.string().regex(/^[a-z]{2}(_[A-Z]{2})?$/) }),
    components: z.array(
      z.strictObject({
        type: z.literal('body'),
        parameters: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1) })).min(1),
      }),
    ),
  }),
  biz_opaque_callback_data: z.string().max(512),
});
const text = template.omit({ template: true }).extend({
  type: z.literal('text'),
  text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean() }),
});

/** The Cloud API, as far as we use it: it checks each request field by field. */
function cloudApi(request: RecordedRequest): HttpAnswer {
  if (request.method !== 'POST' || request.path !== '/v23.0/106540352242922/messages')
    return problem(404, 100, 'Unsupported post request');
  if (request.headers.authorization !== 'Bearer EAAG') return problem(401, 190, 'Invalid OAuth access token');
  if (!request.headers['content-type']?.startsWith('application/json')) return problem(400, 100, 'No JSON');
  const parsed = z.union([template, text]).safeParse(JSON.parse(request.body));
  if (!parsed.success) return problem(400, 100, z.prettifyError(parsed.error));
  return {
    status: 200,
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      contacts: [{ input: parsed.data.to, wa_id: parsed.data.to }],
      messages: [{ id: 'wamid.HBg1', message_status: 'accepted' }],
    }),
  };
}

const BEHAVIOURS = {
  accepts: cloudApi,
  'refuses-for-good': () => problem(400, 132001, 'Template name does not exist in the translation'),
  'refuses-for-now': () => problem(400, 130429, 'Rate limit hit'),
  unreachable: cloudApi,
} as const;

describeChannelContract('WhatsApp', {
  message,
  impossible: { ...message, to: '07700 900123' },
  async open(behaviour) {
    if (behaviour === undefined) {
      const channel = createWhatsAppChannel({ credentials: null, baseUrl: 'http://127.0.0.1:9' });
      return { channel, close: async () => undefined };
    }
    const server = await startHttpRecorder(BEHAVIOURS[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    const channel = createWhatsAppChannel({ credentials, baseUrl: `${server.url}/v23.0`, timeoutMs: 2_000 });
    return { channel, close: behaviour === 'unreachable' ? async () => undefined : server.close };
  },
});

describe('createWhatsAppChannel', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const start = async (answer: (request: RecordedRequest) => HttpAnswer) => {
    const server = await startHttpRecorder(answer);
    closers.push(server.close);
    const channel = createWhatsAppChannel({ credentials, baseUrl: `${server.url}/v23.0` });
    return { server, channel };
  };

  it('sends an approved template with what fills its places', async () => {
    const { server, channel } = await start(cloudApi);
    expect(await channel.send(message)).toEqual({ status: 'sent', providerMessageId: 'wamid.HBg1' });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      to: '447700900123',
      template: {
        name: 'order_late',
        language: { code: 'en_GB' },
        components: [{ parameters: [{ text: 'Ann' }, { text: '1042' }] }],
      },
      biz_opaque_callback_data: 'dec_1:offer:whatsapp',
    });
  });

  it('sends free text where there is no template', async () => {
    const { server, channel } = await start(cloudApi);
    const { template: _, ...free } = message;
    expect(await channel.send(free)).toMatchObject({ status: 'sent' });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      text: { body: 'Your parcel is late' },
    });
  });

  it('knows a person who switched marketing off', async () => {
    const { channel } = await start(() => problem(400, 131050, 'User has stopped marketing messages'));
    expect(await channel.send(message)).toMatchObject({ status: 'rejected', optedOut: true });
  });

  it.each([
    ['an old token', problem(401, 190, 'Session has expired'), 0],
    ['its own fault', problem(500, 131000, 'Something went wrong'), 0],
    ['garbage with a 200', { status: 200, body: '<html>' }, 0],
    ['a 400 of something in between', { status: 400, body: 'nginx' }, 0],
    ['too many calls', { ...problem(429, 80007, 'Rate'), headers: { 'retry-after': '30' } }, 30_000],
  ])('throws a retryable fault at %s', async (...[, answer, retryAfterMs]) => {
    const { channel } = await start(() => answer);
    await expect(channel.send(message)).rejects.toMatchObject({ name: 'RetryableSendError', retryAfterMs });
  });
});

const SECRET = 'app-secret';
const sign = (body: string, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('what Meta calls us with', () => {
  it('is signed over the body as it came', () => {
    const rawBody = '{"object":"whatsapp_business_account","entry":[]}';
    expect(isWhatsAppCall({ rawBody, signature: sign(rawBody) }, SECRET)).toBe(true);
    expect(isWhatsAppCall({ rawBody: `${rawBody} `, signature: sign(rawBody) }, SECRET)).toBe(false);
    expect(isWhatsAppCall({ rawBody, signature: sign(rawBody, 'other') }, SECRET)).toBe(false);
    expect(isWhatsAppCall({ rawBody, signature: undefined }, SECRET)).toBe(false);
    expect(isWhatsAppCall({ rawBody, signature: sign(rawBody, '') }, '')).toBe(false);
  });

  it('gets its challenge back with the right token only', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'ours', 'hub.challenge': '1158201444' };
    expect(whatsAppChallenge(query, 'ours')).toBe('1158201444');
    expect(whatsAppChallenge({ ...query, 'hub.verify_token': 'other' }, 'ours')).toBeUndefined();
    expect(whatsAppChallenge({ ...query, 'hub.mode': 'unsubscribe' }, 'ours')).toBeUndefined();
    expect(whatsAppChallenge({ ...query, 'hub.verify_token': '' }, '')).toBeUndefined();
  });

  const calling = (value: object) => ({
    object: 'whatsapp_business_account',
    entry: [
      { id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', ...value } }] },
    ],
  });

  it('tells how far a message got', () => {
    const status = { id: 'wamid.1', timestamp: '1750857384', biz_opaque_callback_data: 'd1' };
    const read = readWhatsAppCall(
      calling({
        statuses: [
          { ...status, status: 'sent' },
          { ...status, status: 'delivered' },
          { ...status, status: 'read' },
          { ...status, status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message' }] },
          { status: 'delivered' },
        ],
      }),
    );
    expect(read?.receipts.map(({ status: word, detail }) => [word, detail])).toEqual([
      ['delivered', undefined],
      ['opened', undefined],
      ['failed', 'Re-engagement message, WhatsApp error 131047'],
    ]);
    expect(read?.receipts[0]).toMatchObject({ deliveryId: 'd1', at: new Date(1_750_857_384_000) });
  });

  it('brings messages and preferences', () => {
    const read = readWhatsAppCall(
      calling({
        messages: [
          {
            id: 'wamid.2',
            from: '447700900123',
            timestamp: '1504902988',
            type: 'text',
            text: { body: 'Stop' },
          },
          { id: 'wamid.3', from: '447700900123', timestamp: '1504902988', type: 'image' },
        ],
        user_preferences: [
          { wa_id: '447700900123', category: 'marketing_messages', value: 'stop', timestamp: 1_504_902_988 },
        ],
      }),
    );
    expect(read?.messages).toMatchObject([
      { from: '+447700900123', text: 'Stop', request: 'stop' },
      { text: '', request: undefined },
    ]);
    expect(read?.preferences).toMatchObject([{ from: '+447700900123', stops: true }]);
  });

  it('is left alone where it is something else', () => {
    expect(readWhatsAppCall({ object: 'page', entry: [] })).toBeUndefined();
    expect(readWhatsAppCall('text')).toBeUndefined();
  });
});
