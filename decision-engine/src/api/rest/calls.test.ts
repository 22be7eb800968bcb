import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { decideAnswer, decideBatchAnswer, explainAnswer } from '../shapes/decision.js';
import type { AppRouter } from '../trpc/app-router.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

type Sent = { readonly body?: unknown; readonly headers?: Record<string, string>; readonly key?: string };

/** Sends, and holds the answer against the specification. */
async function call(method: string, url: string, { body, headers = {}, key }: Sent = {}) {
  const response = await fetch(product.url + url, {
    method,
    headers: {
      authorization: `Bearer ${key ?? product.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answered: unknown = method === 'HEAD' ? null : await response.json();
  const { status } = response;
  if (method !== 'HEAD')
    expect(problemsOf({ method, url, status, headers: response.headers, body: answered })).toEqual([]);
  return { status, body: answered, headers: response.headers };
}

async function known(userId: string): Promise<void> {
  await call('POST', '/v1/track', {
    body: {
      userId,
      event: 'Product Added',
      properties: { product_id: 'p1', name: 'Lamp', price: 25, quantity: 2 },
    },
  });
}

const decideFor = (userId: string) => ({ customer: { userId }, channel: 'web' });

describe('an idempotency key', () => {
  const once = (key: string, body: unknown) =>
    call('POST', '/v1/decide', { body, headers: { 'idempotency-key': key } });

  test('a repeat gets the first answer again, and nothing is done twice', async () => {
    await known('once');
    const first = await once('key-1', decideFor('once'));
    const second = await once('key-1', decideFor('once'));
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const { customerId } = decideAnswer.parse(first.body);
    expect(await product.engine.store.decisions.countDocuments({ customerId })).toBe(1);
  });

  test('with another request it is refused', async () => {
    await known('reused');
    await once('key-2', decideFor('reused'));
    const other = await once('key-2', { ...decideFor('reused'), slots: 1 });
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'idempotency_key_reused' } } });
  });

  test('of many at once one does the work', async () => {
    await known('at-once');
    const answers = await Promise.all(Array.from({ length: 8 }, () => once('key-3', decideFor('at-once'))));
    const done = answers.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(new Set(done.map(({ body }) => decideAnswer.parse(body).decisionId)).size).toBe(1);
  });

  test('a request that got an error is not kept', async () => {
    expect((await once('key-4', decideFor('comes-later'))).status).toBe(404);
    await known('comes-later');
    expect((await once('key-4', decideFor('comes-later'))).status).toBe(200);
  });

  test("is its owner's own", async () => {
    await known('mine');
    const other = await product.newKey(['decide']);
    const mine = await once('key-5', decideFor('mine'));
    const headers = { 'idempotency-key': 'key-5' };
    const theirs = await call('POST', '/v1/decide', { body: decideFor('mine'), headers, key: other });
    expect(decideAnswer.parse(theirs.body).decisionId).not.toBe(decideAnswer.parse(mine.body).decisionId);
  });

  test('holds over tRPC', async () => {
    await known('typed-once');
    const headers = { authorization: `Bearer ${product.key}`, 'idempotency-key': 'key-6' };
    const client = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${product.url}/trpc`, headers })],
    });
    const first = await client.decision.decide.mutate(decideFor('typed-once'));
    expect(await client.decision.decide.mutate(decideFor('typed-once'))).toEqual(first);
  });
});

describe('limits per key', () => {
  let limited: TestProduct;
  beforeAll(async () => {
    limited = await startTestProduct({ rateLimit: { requests: 5, seconds: 60 } });
  }, 30_000);
  afterAll(() => limited.close());
  const ask = (key: string, path = '/v1/customers?text=x') =>
    fetch(limited.url + path, { headers: { authorization: `Bearer ${key}` } });

  test('a key is told what it has left, and then to wait; another key is not touched', async () => {
    const key = await limited.newKey(['customers:read']);
    const first = await ask(key);
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=5;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"key";r=4;t=\d+$/);
    for (let request = 0; request < 4; request++) expect((await ask(key)).status).toBe(200);
    const refused = await ask(key);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } });
    expect((await ask(await limited.newKey(['customers:read']))).status).toBe(200);
  });

  test('counts over tRPC, and a batch by its decisions', async () => {
    const key = await limited.newKey(['decide']);
    const headers = { authorization: `Bearer ${key}` };
    const client = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${limited.url}/trpc`, headers })],
    });
    const requests = Array.from({ length: 6 }, () => decideFor('nobody'));
    await expect(client.decision.decideBatch.mutate({ requests })).rejects.toMatchObject({
      data: { code: 'too_many_requests', httpStatus: 429 },
    });
  });
});

test('a batch answers for each customer', async () => {
  await known('in-batch');
  const { body } = await call('POST', '/v1/decide/batch', {
    body: { requests: [decideFor('in-batch'), decideFor('not-there')] },
  });
  const { results } = decideBatchAnswer.parse(body);
  expect(results.map(({ ok }) => ok)).toEqual([true, false]);
});

test('explaining says every rule and writes nothing', async () => {
  await known('explained');
  const before = await product.engine.store.decisions.countDocuments();
  const { body } = await call('POST', '/v1/explain', { body: decideFor('explained') });
  const answer = explainAnswer.parse(body);
  expect(answer.actions[0]?.actionId).toBe('basket-reminder');
  expect(answer.candidates.every(({ rules }) => rules.length > 0)).toBe(true);
  expect(await product.engine.store.decisions.countDocuments()).toBe(before);
});

test('customers are found, read, and their timeline read page by page', async () => {
  await call('POST', '/v1/identify', {
    body: { userId: 'zoe', traits: { firstName: 'Zoë', lastName: 'Quill' } },
  });
  for (const product_id of ['a', 'b', 'c'])
    await call('POST', '/v1/track', {
      body: { userId: 'zoe', event: 'Product Viewed', properties: { product_id } },
    });
  const found = await call('GET', '/v1/customers?text=quill');
  expect(found.body).toEqual({
    items: [{ customerId: expect.any(String), displayName: 'Zoë Quill', email: null }],
  });
  const { customerId } = (found.body as { items: { customerId: string }[] }).items[0] ?? { customerId: '' };
  expect((await call('GET', `/v1/customers/${customerId}`)).body).toMatchObject({ displayName: 'Zoë Quill' });
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? 'limit=1' : `limit=1&cursor=${encodeURIComponent(cursor)}`;
    const page = await call('GET', `/v1/customers/${customerId}/timeline?${query}`);
    const { items, nextCursor } = page.body as { items: { id: string }[]; nextCursor: string | null };
    ids.push(...items.map(({ id }) => id));
    cursor = nextCursor;
  }
  const whole = await call('GET', `/v1/customers/${customerId}/timeline`);
  expect(ids).toEqual((whole.body as { items: { id: string }[] }).items.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(1);
  expect((await call('GET', `/v1/customers/${customerId}/timeline?cursor=made-up`)).body).toMatchObject({
    error: { code: 'invalid_cursor' },
  });
});

test('a catalogue is drafted, checked, published and rolled back', async () => {
  const action = {
    actionId: 'say-hello',
    name: 'Say hello',
    issue: 'service',
    group: 'care',
    class: 'transactional',
    value: { type: 'fixed', amount: 1 },
    treatments: [{ treatmentId: 'hello', channel: 'web', title: 'Hello' }],
  };
  const drafts = '/v1/catalogue/drafts';
  const content = { actions: [{ ...action, class: 'loud' }], policies: {} };
  const made = await call('POST', drafts, { body: { name: 'a try', content } });
  const { draftId } = made.body as { draftId: string };
  expect((await call('GET', `${drafts}/${draftId}/check`)).body).toMatchObject({
    problems: [expect.stringContaining('class')],
  });
  expect(await call('POST', `${drafts}/${draftId}/publish`, { body: {} })).toMatchObject({
    status: 422,
    body: { error: { code: 'catalogue_invalid' } },
  });
  const mended = { version: 1, content: { actions: [action], policies: {} } };
  expect((await call('PUT', `${drafts}/${draftId}`, { body: mended })).body).toMatchObject({ version: 2 });
  expect(await call('PUT', `${drafts}/${draftId}`, { body: mended })).toMatchObject({
    status: 409,
    body: { error: { code: 'draft_conflict' } },
  });
  const published = await call('POST', `${drafts}/${draftId}/publish`, { body: { note: 'first' } });
  expect(published.body).toMatchObject({ revision: 1, isNew: true });
  expect((await call('GET', '/v1/catalogue')).body).toMatchObject({ revision: 1, note: 'first' });
  expect((await call('GET', '/v1/catalogue/diff?from=0&to=1')).body).toMatchObject({
    actions: { added: ['say-hello'] },
  });
  const empty = await call('POST', drafts, {
    body: { name: 'nothing', content: { actions: [], policies: {} } },
  });
  const second = `${drafts}/${(empty.body as { draftId: string }).draftId}`;
  expect((await call('POST', `${second}/publish`, { body: {} })).body).toMatchObject({ revision: 2 });
  expect((await call('POST', '/v1/catalogue/rollback', { body: { to: 1 } })).body).toMatchObject({
    revision: 3,
  });
  const page = await call('GET', '/v1/catalogue/revisions?limit=2');
  expect(page.body).toMatchObject({ items: [{ revision: 3, restores: 1 }, { revision: 2 }] });
  const { nextCursor } = page.body as { nextCursor: string };
  expect((await call('GET', `/v1/catalogue/revisions?cursor=${nextCursor}`)).body).toMatchObject({
    items: [{ revision: 1 }],
    nextCursor: null,
  });
});

/** Questions whose body is too large for an address. */
const ASKS_BY_POST = new Set(['decision.explain', 'catalogue.preview']);

describe('every call, over REST and tRPC', () => {
  test.each(ENDPOINTS.map((each) => [`${each.method} ${each.path}`, each] as const))(
    '%s wants its scope, and says which',
    async (_, { method, path, scope, twin }) => {
      const other = scope === 'feedback' ? 'decide' : 'feedback';
      const key = await product.newKey([other]);
      const url = path.replace(/\{revision\}/, '1').replace(/\{\w+\}/g, 'x');
      const refused = { error: { code: 'not_allowed', message: expect.stringContaining(`"${scope}"`) } };
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      expect(await call(method, url, { ...body, key })).toMatchObject({ status: 403, body: refused });
      const typed = await fetch(`${product.url}/trpc/${twin}`, {
        method: method === 'GET' || ASKS_BY_POST.has(twin) ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(method === 'GET' || ASKS_BY_POST.has(twin) ? {} : { body: '{}' }),
      });
      expect(typed.status).toBe(403);
      expect(await typed.json()).toMatchObject({ error: { data: refused.error } });
    },
  );
});

describe('odd requests get a plain answer', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  test.each<[string, string, string, Sent, number, string]>([
    ['a wrong method', 'DELETE', '/v1/decide', {}, 405, 'method_not_allowed'],
    ['a method for nowhere', 'DELETE', '/v1/nothing', {}, 404, 'unknown_route'],
    ['no key', 'POST', '/v1/decide', { key: '', body: {} }, 401, 'not_authenticated'],
    [
      'a form',
      'POST',
      '/v1/decide',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    [
      'text',
      'POST',
      '/v1/decide',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    ['deep JSON', 'POST', '/v1/decide', { body: deep }, 400, 'invalid_request'],
    [
      'a deep event',
      'POST',
      '/v1/batch',
      { body: `{"batch":[{"type":"track","userId":"u","event":"e","properties":${deep}}]}` },
      400,
      'invalid_request',
    ],
    [
      'a deep draft',
      'POST',
      '/v1/catalogue/drafts',
      { body: `{"name":"x","content":{"actions":[${deep}],"policies":{}}}` },
      400,
      'invalid_request',
    ],
    ...['n\\u0000l', '_bsontype', '$set'].map((name): [string, string, string, Sent, number, string] => [
      `a draft with a field named ${name}`,
      'POST',
      '/v1/catalogue/drafts',
      { body: `{"name":"x","content":{"actions":[],"policies":{"k":{"${name}":"Long"}}}}` },
      400,
      'invalid_request',
    ]),
    [
      '__proto__',
      'POST',
      '/v1/decide',
      { body: '{"__proto__":{"x":1},"channel":"web"}' },
      400,
      'malformed_json',
    ],
    ['a list', 'POST', '/v1/decide', { body: '[]' }, 400, 'invalid_request'],
    ['a number', 'POST', '/v1/feedback', { body: '1' }, 400, 'invalid_request'],
    ['an empty body', 'POST', '/v1/decide', { body: '' }, 400, 'malformed_json'],
    ['a large body', 'POST', '/v1/decide', { body: { channel: 'x'.repeat(300_000) } }, 413, 'body_too_large'],
    [
      'an operator in an id',
      'POST',
      '/v1/decide',
      { body: { customer: { userId: { $gt: '' } }, channel: 'web' } },
      400,
      'invalid_request',
    ],
    ['a slash in an id', 'GET', '/v1/decisions/a%2Fb', {}, 404, 'unknown_decision'],
    ['unicode in an id', 'GET', '/v1/customers/%F0%9F%A6%8A%00', {}, 404, 'unknown_customer'],
    ['half a character in an id', 'GET', '/v1/customers/%E0%A4%A', {}, 400, 'invalid_request'],
    ['an id that is too long', 'GET', `/v1/customers/${'x'.repeat(500)}`, {}, 400, 'invalid_request'],
    ['a query twice', 'GET', '/v1/customers?text=a&text=b', {}, 400, 'invalid_request'],
    ['a query nobody knows', 'GET', '/v1/customers?text=a&colour=red', {}, 400, 'invalid_request'],
    ['a number that is none', 'GET', '/v1/catalogue/revisions/one', {}, 400, 'invalid_request'],
    [
      'an idempotency key too long',
      'POST',
      '/v1/decide',
      { body: {}, headers: { 'idempotency-key': 'x'.repeat(256) } },
      400,
      'invalid_request',
    ],
  ])('%s', async (...[, method, url, sent, status, code]) => {
    const answer = await call(method, url, sent);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.[jt]s:\d|MongoServer|ZodError/);
  });

  test('HEAD answers like GET, OPTIONS lets pages of others in without cookies', async () => {
    expect((await call('HEAD', '/v1/catalogue')).status).toBe(200);
    const preflight = await fetch(`${product.url}/v1/track`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const console_ = await fetch(`${product.url}/trpc/session.me`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'GET' },
    });
    expect(console_.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    ['a head that is too large', `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
  ])('%s is answered and hung up on', async (_, bytes, status) => {
    const socket = createConnection(Number(new URL(product.url).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toHaveProperty('error.code');
  });

  test('a typed client is told of a procedure that is not there', async () => {
    const headers = { authorization: `Bearer ${product.key}` };
    const response = await fetch(`${product.url}/trpc/decision.nothing`, { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { data: { code: 'unknown_route' } } });
    expect(TRPCClientError.name).toBe('TRPCClientError');
  });
});
