import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startLiveDemo } from './start-live-demo.js';

type Seen = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
};

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
}

/** An engine that always offers 500 points, and calls `onFeedback` with each outcome. */
async function fakeEngine(onFeedback: (count: number) => void): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  let feedbacks = 0;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = request.url ?? '';
      seen.push({ path, authorization: request.headers.authorization, body });
      const decision = {
        decisionId: `d-${seen.length}`,
        actions: [
          {
            actionId: 'loyalty-points-500',
            group: 'stay',
            class: 'promotional',
            value: 11,
            probability: 0.25,
            treatment: { treatmentId: 'loyalty-points-500-web' },
          },
        ],
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(path === '/v1/decide' ? decision : { success: true }));
      if (path !== '/v1/feedback') return;
      feedbacks += 1;
      onFeedback(feedbacks);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const quiet = { info: () => undefined, warn: () => undefined };

describe('startLiveDemo', () => {
  it('sends events through the official client, asks for decisions and tells what came of them', async () => {
    const stop = new AbortController();
    const engine = await fakeEngine((count) => {
      if (count >= 12) stop.abort();
    });
    const before = Date.now();
    const result = await startLiveDemo({
      apiUrl: engine.url,
      writeKey: 'key-1',
      seed: 5,
      customers: 60,
      speed: 1e9,
      signal: stop.signal,
      log: quiet,
      played: { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2026-03-01T00:00:00Z') },
    });

    const basic = `Basic ${Buffer.from('key-1:').toString('base64')}`;
    expect(new Set(engine.seen.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
    const batches = engine.seen.filter(({ path }) => path === '/v1/batch');
    const events = batches.flatMap(({ body }) => body['batch'] as { type: string; timestamp: string }[]);
    expect(new Set(events.map(({ type }) => type))).toContain('track');
    expect(events.every(({ timestamp }) => Date.parse(timestamp) >= before - 1000)).toBe(true);
    expect(events.every(({ timestamp }) => Date.parse(timestamp) <= Date.now() + 1000)).toBe(true);

    const decide = engine.seen.find(({ path }) => path === '/v1/decide');
    expect(decide?.body).toMatchObject({ slots: 1, channel: expect.stringMatching(/web|email|sms/) });
    const feedback = engine.seen.filter(({ path }) => path === '/v1/feedback').map(({ body }) => body);
    expect(feedback[0]).toMatchObject({ actionId: 'loyalty-points-500', outcome: 'shown' });
    expect(result.decisions).toBeGreaterThan(0);
    expect(result.outcomes).toBeGreaterThanOrEqual(12);
  });

  it('plays on when the engine refuses, and counts it', async () => {
    const stop = new AbortController();
    const warned: string[] = [];
    const server = createServer((_request, response) => {
      response.statusCode = 401;
      response.end('{"error":"wrong key"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    const result = await startLiveDemo({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      writeKey: 'wrong',
      seed: 5,
      customers: 60,
      speed: 1e9,
      signal: stop.signal,
      log: {
        info: () => undefined,
        warn: (words) => {
          warned.push(words);
          if (warned.filter((line) => line.startsWith('/v1/decide')).length >= 2) stop.abort();
        },
      },
      played: { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2026-02-01T00:00:00Z') },
    });
    expect(result.failures).toBeGreaterThanOrEqual(2);
    expect(warned.find((line) => line.startsWith('/v1/decide'))).toContain('answered 401');
  });
});
