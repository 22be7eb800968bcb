import { Analytics } from '@segment/analytics-node';
import { describe, expect, it } from 'vitest';
import { parseSegmentBatch } from './parse-segment-batch.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');
const page = { type: 'page', anonymousId: 'a' };

/** What the official client puts on the wire for a few calls, caught before it leaves. */
async function sentByOfficialClient(use: (analytics: Analytics) => void): Promise<unknown> {
  const bodies: unknown[] = [];
  const analytics = new Analytics({
    writeKey: 'key',
    httpClient: async (_url, request) => {
      bodies.push(JSON.parse(String(request?.body)));
      return new Response('{}', { status: 200 });
    },
  });
  use(analytics);
  await analytics.closeAndFlush();
  return bodies[0];
}

describe('parseSegmentBatch', () => {
  it('takes every call of the official client unchanged', async () => {
    const body = await sentByOfficialClient((analytics) => {
      analytics.identify({ userId: 'u1', traits: { email: 'ann@example.org', 'a.b': 1 } });
      analytics.track({
        userId: 'u1',
        event: 'Product Added',
        properties: { product_id: 'p1', price: 12.5 },
      });
      analytics.page({ anonymousId: 'a1', category: 'Shop', name: 'Basket' });
      analytics.screen({ anonymousId: 'a1', name: 'Home' });
      analytics.group({ userId: 'u1', groupId: 'g1', traits: { plan: 'gold' } });
      analytics.alias({ userId: 'u1', previousId: 'a1' });
    });
    const parsed = parseSegmentBatch(body, { receivedAt: new Date() });
    const events = parsed.ok
      ? parsed.messages.map((message) => (message.ok ? message.event : message.issues))
      : [];
    expect(events).toMatchObject([
      { type: 'identify', userId: 'u1', traits: { email: 'ann@example.org', 'a%2Eb': 1 } },
      { type: 'track', userId: 'u1', name: 'Product Added', properties: { product_id: 'p1', price: 12.5 } },
      { type: 'page', anonymousId: 'a1', name: 'Basket', properties: { category: 'Shop' } },
      { type: 'screen', anonymousId: 'a1', name: 'Home' },
      { type: 'group', userId: 'u1', groupId: 'g1', traits: { plan: 'gold' } },
      { type: 'alias', userId: 'u1', previousId: 'a1' },
    ]);
    const context = { library: { name: '@segment/analytics-node' } };
    expect(events[0]).toMatchObject({
      messageId: expect.stringMatching(/^node-next-/),
      context,
      sentAt: expect.any(Date),
    });
  });

  it('keeps the good messages of a batch with bad ones and says which are bad', () => {
    const parsed = parseSegmentBatch(
      { batch: [page, { type: 'track', userId: 'u' }, 5, page] },
      { receivedAt },
    );
    expect(
      parsed.ok && parsed.messages.map((message) => (message.ok ? 'ok' : message.issues[0]?.path)),
    ).toEqual(['ok', 'batch[1].event', 'batch[2]', 'ok']);
  });

  it('gives messages the sentAt and the context of their batch', () => {
    const sentAt = '2025-06-01T11:59:00Z';
    const own = { ...page, timestamp: '2025-06-01T11:58:00Z', context: { locale: 'de' } };
    const parsed = parseSegmentBatch(
      { sentAt, context: { locale: 'en', ip: '1.2.3.4' }, batch: [own] },
      { receivedAt },
    );
    expect(parsed.ok && parsed.messages[0]).toMatchObject({
      event: { timestamp: new Date('2025-06-01T11:59:00Z'), context: { locale: 'de', ip: '1.2.3.4' } },
    });
  });

  it.each([
    [{ batch: 'x' }, 'batch'],
    [[], ''],
    [{ batch: [], sentAt: 'now' }, 'sentAt'],
    [{ batch: Array.from({ length: 2501 }, () => page) }, 'batch'],
  ])('refuses a batch of the wrong shape or length (%#)', (raw, path) => {
    expect(parseSegmentBatch(raw, { receivedAt })).toMatchObject({ ok: false, issues: [{ path }] });
  });

  it('refuses 501 KB, measured or told, and takes the empty batch', () => {
    const note = 'x'.repeat(20 * 1024);
    const large = { batch: Array.from({ length: 26 }, () => ({ ...page, properties: { note } })) };
    expect(parseSegmentBatch(large, { receivedAt })).toMatchObject({
      ok: false,
      issues: [{ expected: expect.stringMatching(/500 KB/) }],
    });
    expect(parseSegmentBatch({ batch: [page] }, { receivedAt, bytes: 501 * 1024 })).toMatchObject({
      ok: false,
    });
    expect(parseSegmentBatch({ batch: [] }, { receivedAt })).toEqual({ ok: true, messages: [] });
  });
});
