import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { describe, expect, it } from 'vitest';
import type { AppRouter } from '../engine/engine-types';
import { earlyLink } from './early-link';
import { earlyKey, earlyReads } from './early-reads';
import { earlyRequests, earlyScript } from './early-script';

/** A network that says how often it was asked. */
function network() {
  const asked: string[] = [];
  const link: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        asked.push(op.path);
        observer.next({ result: { type: 'data', data: 'from the network' } });
        observer.complete();
      });
  return { asked, link };
}

function clientWith(answers: Record<string, unknown>, age = 100) {
  const { asked, link } = network();
  const held = new Map(Object.entries(answers).map(([key, answer]) => [key, Promise.resolve(answer)]));
  const client = createTRPCClient<AppRouter>({
    links: [earlyLink({ answers: held, age: () => age }), link],
  });
  return { client, asked };
}

const NOW = Date.parse('2026-11-22T10:20:00Z');

describe('earlyReads', () => {
  it('asks who is there on every page that needs a session, and for what the page begins with', () => {
    expect(earlyReads('/settings/audit', NOW).map(({ path }) => path)).toEqual(['session.me']);
    expect(earlyReads('/customers/a%2Fb', NOW)).toContainEqual({
      path: 'customer.get',
      input: { customerId: 'a/b' },
    });
    expect(earlyReads('/models/churn', NOW).map(({ path }) => path)).toEqual(['session.me', 'model.list']);
    expect(earlyReads('/catalogue/actions/a-1', NOW)).toContainEqual({ path: 'catalogue.get' });
  });

  it('asks for the dashboards’ first window as the page will', () => {
    expect(earlyReads('/dashboards', NOW)).toContainEqual({
      path: 'measure.report',
      input: {
        from: '2026-10-25T10:00:00.000Z',
        to: '2026-11-22T10:00:00.000Z',
        compareFrom: '2026-09-27T10:00:00.000Z',
        compareTo: '2026-10-25T10:00:00.000Z',
      },
      slow: true,
    });
  });

  it('asks for what a part of the settings or one segment begins with', () => {
    expect(earlyReads('/settings/keys', NOW)).toContainEqual({ path: 'key.list' });
    expect(earlyReads('/settings/constructor', NOW).map(({ path }) => path)).toEqual(['session.me']);
    expect(earlyReads('/segments/loyal', NOW)).toContainEqual({
      path: 'segment.get',
      input: { segmentId: 'loyal' },
    });
  });

  it('leaves out what the page won’t ask for', () => {
    for (const address of ['/catalogue?draft=d1', '/catalogue/history', '/catalogue/drafts/d1']) {
      expect(earlyReads(address, NOW).map(({ path }) => path)).toEqual(['session.me']);
    }
    for (const address of ['/sign-in', '/embed', '/invitation?token=x', '/design', '/nowhere', '/toString']) {
      expect(earlyReads(address, NOW)).toEqual([]);
    }
  });
});

describe('earlyScript', () => {
  it('can’t be ended by what stands in an address', () => {
    const script = earlyScript(
      earlyRequests('http://e:4000', [{ path: 'a.b', input: { id: '</script><b>' } }]),
    );
    expect(script).not.toContain('</script>');
    expect(script).toContain('http://e:4000/trpc/a.b?batch=1&input=%7B%220%22%3A%7B%22id%22');
  });

  it('asks in one request what is quick, and gives each its answer', async () => {
    const asked: [string, unknown][] = [];
    const window: Record<string, Record<string, Promise<unknown>>> = {};
    const answers: Record<string, unknown[]> = {
      'http://e/trpc/a,b?batch=1&input=%7B%221%22%3A%7B%22id%22%3A1%7D%7D': ['of a', 'of b'],
      'http://e/trpc/long?batch=1&input=%7B%7D': ['of long'],
      'http://e/trpc/act?batch=1': ['of act'],
    };
    const fetch = async (url: string, options: { body?: string }) => {
      asked.push([url, options.body]);
      return { ok: url in answers, json: async () => answers[url] };
    };
    const requests = earlyRequests('http://e', [
      { path: 'a' },
      { path: 'long', slow: true },
      { path: 'b', input: { id: 1 } },
      { path: 'act', input: 2, type: 'mutation' },
      { path: 'gone', slow: true },
    ]);
    new Function('window', 'fetch', earlyScript(requests))(window, fetch);
    const held = Object.entries(window['segueEarly'] ?? {});
    expect(Object.fromEntries(await Promise.all(held.map(async ([key, it]) => [key, await it])))).toEqual({
      'query a null': 'of a',
      'query b {"id":1}': 'of b',
      'query long null': 'of long',
      'mutation act 2': 'of act',
      'query gone null': null,
    });
    expect(asked).toHaveLength(4);
    expect(asked).toContainEqual(['http://e/trpc/act?batch=1', '{"0":2}']);
  });
});

describe('earlyLink', () => {
  it('answers with what was asked before, once', async () => {
    const { client, asked } = clientWith({ 'query session.me null': { result: { data: 'early' } } });
    expect(await client.session.me.query()).toBe('early');
    expect(asked).toEqual([]);
    expect(await client.session.me.query()).toBe('from the network');
  });

  it('tells a mutation from a query', async () => {
    const decided = { result: { data: 'early' } };
    const input = { customerId: 'a' };
    const { client } = clientWith({
      [earlyKey({ path: 'decision.forCustomer', input, type: 'mutation' })]: decided,
    });
    expect(await client.decision.forCustomer.mutate(input)).toBe('early');
    expect(await client.decision.forCustomer.mutate(input)).toBe('from the network');
  });

  it('asks again what failed, what is old, and what was not asked', async () => {
    const failed = clientWith({ 'query session.me null': null });
    expect(await failed.client.session.me.query()).toBe('from the network');
    const old = clientWith({ 'query session.me null': { result: { data: 'early' } } }, 60_000);
    expect(await old.client.session.me.query()).toBe('from the network');
    const other = clientWith({ 'query customer.get {"customerId":"a"}': { result: { data: 'early' } } });
    expect(await other.client.customer.get.query({ customerId: 'b' })).toBe('from the network');
    expect(await other.client.customer.get.query({ customerId: 'a' })).toBe('early');
  });
});
