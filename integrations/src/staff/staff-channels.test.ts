import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type HttpAnswer, type RecordedRequest, startHttpRecorder } from '../testing/http-recorder.js';
import { createSlackChannel } from './slack-channel.js';
import { createTeamsChannel } from './teams-channel.js';

const message: OutboundMessage = {
  deliveryId: 'task-1:slack',
  to: 'staff',
  subject: 'Call Ann <back> & soon',
  text: 'She waits for order 1042',
  link: 'https://console.example.com/customers/cus_1',
};

const slackBody = z.strictObject({
  text: z.string().min(1),
  blocks: z
    .array(
      z.strictObject({
        type: z.literal('section'),
        text: z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(3000) }),
      }),
    )
    .max(50),
});
const teamsBody = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: z.strictObject({
        $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
        type: z.literal('AdaptiveCard'),
        version: z.string().regex(/^1\.[0-6]$/),
        body: z.array(z.looseObject({ type: z.literal('TextBlock'), text: z.string().min(1) })).min(1),
        actions: z
          .array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string(), url: z.url() }))
          .optional(),
      }),
    }),
  ]),
});

function room(schema: z.ZodType, ok: HttpAnswer) {
  return ({ method, headers, body }: RecordedRequest): HttpAnswer => {
    if (method !== 'POST' || headers['content-type'] !== 'application/json')
      return { status: 400, body: 'no json' };
    return schema.safeParse(JSON.parse(body)).success ? ok : { status: 400, body: 'invalid_payload' };
  };
}

const ROOMS = {
  Slack: { create: createSlackChannel, accepts: room(slackBody, { status: 200, body: 'ok' }) },
  Teams: { create: createTeamsChannel, accepts: room(teamsBody, { status: 202 }) },
} as const;

for (const name of ['Slack', 'Teams'] as const) {
  const { create, accepts } = ROOMS[name];
  const behaviours = {
    accepts,
    'refuses-for-good': () => ({ status: 400, body: 'invalid_payload' }),
    'refuses-for-now': () => ({ status: 429, body: 'rate_limited' }),
    unreachable: accepts,
  } as const;
  describeChannelContract(name, {
    message,
    impossible: { ...message, subject: ' ' },
    async open(behaviour) {
      if (behaviour === undefined)
        return { channel: create({ webhookUrl: null }), close: async () => undefined };
      const server = await startHttpRecorder(behaviours[behaviour]);
      if (behaviour === 'unreachable') await server.close();
      const channel = create({ webhookUrl: `${server.url}/services/T0/B0/x`, timeoutMs: 2_000 });
      return { channel, close: behaviour === 'unreachable' ? async () => undefined : server.close };
    },
  });
}

describe('rooms of the staff', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const start = async (name: keyof typeof ROOMS, answer?: HttpAnswer) => {
    const { create, accepts } = ROOMS[name];
    const server = await startHttpRecorder(answer === undefined ? accepts : () => answer);
    closers.push(server.close);
    return { server, channel: create({ webhookUrl: server.url }) };
  };

  it("Slack gets the words escaped, so that they can't mark anything up or call everybody", async () => {
    const { server, channel } = await start('Slack');
    await channel.send({ ...message, text: '<!channel> & more' });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      text: 'Call Ann &lt;back&gt; &amp; soon',
      blocks: [
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: '*<https://console.example.com/customers/cus_1|Call Ann &lt;back&gt; &amp; soon>*',
          },
        },
        { type: 'section', text: { type: 'mrkdwn', text: '&lt;!channel&gt; &amp; more' } },
      ],
    });
  });

  it('Teams gets a card with a button that opens the customer', async () => {
    const { server, channel } = await start('Teams');
    await channel.send(message);
    const [attachment] = teamsBody.parse(JSON.parse(server.requests[0]?.body ?? '')).attachments;
    expect(attachment.content.body.map(({ text }) => text)).toEqual([message.subject, message.text]);
    expect(attachment.content.actions?.[0]?.url).toBe(message.link);
  });

  it.each(['Slack', 'Teams'] as const)(
    '%s says that the webhook is gone, or for how long to wait',
    async (name) => {
      const gone = await start(name, { status: 404, body: 'no_service' });
      expect(await gone.channel.send(message)).toMatchObject({ status: 'rejected', addressGone: true });
      const busy = await start(name, { status: 429, headers: { 'retry-after': '30' } });
      await expect(busy.channel.send(message)).rejects.toMatchObject({ retryAfterMs: 30_000 });
    },
  );
});
