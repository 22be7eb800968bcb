import { Analytics } from '@segment/analytics-node';
import { featureRecord } from '@segue/models';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { createAnswerChecker } from '../testing/answer-checker.js';
import { startTestProduct, TEST_AGENT, type TestProduct } from '../testing/test-product.js';
import { openApiDocument } from './openapi/open-api-document.js';
import { ENDPOINTS } from './rest/endpoints.js';
import { type DecideAnswer, decideAnswer, decisionRecord } from './shapes/decision.js';
import type { AppRouter } from './trpc/app-router.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

async function post(path: string, body: unknown, key: string | null = product.key) {
  const response = await fetch(product.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const { status, headers } = response;
  expect(problemsOf({ method: 'POST', url: path, status, headers, body: answer })).toEqual([]);
  return { status: response.status, body: answer };
}

const added = (userId: string, more: object = {}) => ({
  userId,
  event: 'Product Added',
  properties: { product_id: 'p1', name: 'Lamp', price: 25, quantity: 2, currency: 'EUR' },
  ...more,
});

describe('events', () => {
  test("Segment's own client works unchanged, and a decision straight after sees its event", async () => {
    const client = new Analytics({ writeKey: product.key, host: product.url, flushAt: 1 });
    client.identify({ userId: 'seg-1', traits: { email: 'seg@example.com', firstName: 'Sam' } });
    client.track(added('seg-1'));
    await client.closeAndFlush();

    const customer = await findCustomer(product.engine.store, { userId: 'seg-1' });
    expect(featureRecord(customer?.features ?? expect.fail(), new Date())['basket_value']).toBe(50);
    const { status, body } = await post('/v1/decide', {
      customer: { email: 'seg@example.com' },
      channel: 'web',
      slots: 1,
    });
    expect(status).toBe(200);
    expect(decideAnswer.parse(body).actions[0]).toMatchObject({
      actionId: 'basket-reminder',
      rank: 1,
      probability: 1,
    });
  });

  test('without the basket the same customer gets another answer', async () => {
    await post('/v1/identify', { userId: 'no-basket', traits: { firstName: 'Nora' } });
    const answer = await post('/v1/decide', { customer: { userId: 'no-basket' }, channel: 'web' });
    const { actions, decisionId } = decideAnswer.parse(answer.body);
    expect(actions.map(({ actionId }) => actionId)).toEqual(['thank-you']);
    const headers = { authorization: `Bearer ${product.key}` };
    const response = await fetch(`${product.url}/v1/decisions/${decisionId}`, { headers });
    const record = decisionRecord.parse(await response.json());
    const basket = record.candidates.find(({ actionId }) => actionId === 'basket-reminder');
    expect(basket).toMatchObject({ stayed: false });
    expect(basket?.rules.filter(({ passed }) => !passed)).toHaveLength(1);
  });

  test('a repeat is answered and counted once', async () => {
    const message = added('repeat', { messageId: 'repeat-1' });
    expect((await post('/v1/track', message)).body).toEqual({ success: true, accepted: 1, duplicates: 0 });
    expect((await post('/v1/track', message)).body).toEqual({ success: true, accepted: 0, duplicates: 1 });
  });
});

describe('bad input gets a clear 4xx, and the next good input works', () => {
  const track = '/v1/track';
  const decide = '/v1/decide';
  const large = (kilobytes: number) => ({ properties: { text: 'x'.repeat(kilobytes * 1024) } });
  const nameless = { type: 'track', userId: 'bad' };
  const cases: {
    what: string;
    path: string;
    body: unknown;
    key?: string | null;
    answer: [number, string];
  }[] = [
    { what: 'no key', path: track, body: added('bad'), key: null, answer: [401, 'not_authenticated'] },
    {
      what: 'a wrong key',
      path: track,
      body: added('bad'),
      key: 'sk_wrong',
      answer: [401, 'not_authenticated'],
    },
    { what: 'malformed JSON', path: track, body: '{"userId": "bad", ', answer: [400, 'malformed_json'] },
    {
      what: 'an event without a name',
      path: track,
      body: { userId: 'bad' },
      answer: [400, 'invalid_request'],
    },
    { what: 'nobody', path: track, body: { event: 'Product Added' }, answer: [400, 'invalid_request'] },
    { what: 'a 33 KB event', path: track, body: added('bad', large(33)), answer: [413, 'event_too_large'] },
    {
      what: 'a 501 KB batch',
      path: '/v1/batch',
      body: { batch: [added('bad', { type: 'track', ...large(501) })] },
      answer: [413, 'batch_too_large'],
    },
    {
      what: 'an event that only Segue writes',
      path: '/v1/batch',
      body: { batch: [added('bad', { type: 'track' }), { ...nameless, event: 'Segment Entered' }] },
      answer: [400, 'invalid_request'],
    },
    {
      what: 'a batch with one bad message',
      path: '/v1/batch',
      body: { batch: [added('bad', { type: 'track' }), nameless] },
      answer: [400, 'invalid_request'],
    },
    {
      what: 'an unknown customer',
      path: decide,
      body: { customer: { userId: 'nobody-knows' }, channel: 'web' },
      answer: [404, 'unknown_customer'],
    },
    {
      what: 'two identities',
      path: decide,
      body: { customer: { userId: 'a', email: 'b@example.com' }, channel: 'web' },
      answer: [400, 'invalid_request'],
    },
    {
      what: 'a field that is not documented',
      path: decide,
      body: { customer: { userId: 'a' }, channel: 'web', colour: 'red' },
      answer: [400, 'invalid_request'],
    },
    {
      what: 'an unknown decision',
      path: '/v1/feedback',
      body: { decisionId: 'dec_none', actionId: 'thank-you', outcome: 'accepted' },
      answer: [404, 'unknown_decision'],
    },
    { what: 'an unknown address', path: '/v1/nothing', body: {}, answer: [404, 'unknown_route'] },
  ];
  test.each(cases)('$what', async ({ path, body, key, answer: [status, code] }) => {
    const answer = await post(path, body, key);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/ at .*\.(js|ts):\d/);
    const good = await post('/v1/track', added('good'));
    expect(good.status).toBe(200);
  });

  test('a key that may stand in a page ends no suppression', async () => {
    const key = await product.newKey(['events:write']);
    const lifted = added('bad', { event: 'Suppression Lifted', properties: { suppression_id: 's' } });
    expect(await post(track, lifted, key)).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
    expect((await post(track, added('bad'), key)).status).toBe(200);
  });

  test('a refused batch leaves nothing behind', async () => {
    await post('/v1/batch', { batch: [added('half', { type: 'track' }), { type: 'track', userId: 'half' }] });
    expect(await findCustomer(product.engine.store, { userId: 'half' })).toBeNull();
  });

  test('the path and what was expected are named', async () => {
    const { body } = await post('/v1/batch', { batch: [{ type: 'track', userId: 'x' }] });
    expect(body).toMatchObject({ error: { issues: [{ path: 'batch[0].event', got: 'undefined' }] } });
  });

  test('a key without the scope is told which one it lacks', async () => {
    const key = await product.newKey(['events:write']);
    const answer = await post('/v1/decide', { customer: { userId: 'good' }, channel: 'web' }, key);
    expect(answer).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed', message: expect.stringContaining('"decide"') } },
    });
  });
});

describe('outcomes', () => {
  async function decideFor(userId: string, channel = 'web'): Promise<DecideAnswer> {
    await post('/v1/track', added(userId));
    return decideAnswer.parse((await post('/v1/decide', { customer: { userId }, channel, slots: 3 })).body);
  }

  test('an outcome is kept once in the record and once in the history', async () => {
    const { decisionId } = await decideFor('outcome');
    const said = { decisionId, actionId: 'basket-reminder', outcome: 'accepted', value: 50 };
    expect((await post('/v1/feedback', said)).body).toEqual({
      feedbackId: `${decisionId}:basket-reminder:accepted`,
      recorded: true,
    });
    expect((await post('/v1/feedback', said)).body).toMatchObject({ recorded: false });
    const stored = await product.engine.store.decisions.findById(decisionId).lean();
    expect(stored?.outcomes).toHaveLength(1);
    const customer = await findCustomer(product.engine.store, { userId: 'outcome' });
    expect(customer?.contacts.map(({ outcome }) => outcome)).toEqual(['accepted']);
  });

  test('after a no the next decision does without it', async () => {
    const first = await decideFor('says-no');
    expect(first.actions.map(({ actionId }) => actionId)).toContain('basket-reminder');
    await post('/v1/feedback', {
      decisionId: first.decisionId,
      actionId: 'basket-reminder',
      outcome: 'rejected',
    });
    const second = await decideFor('says-no');
    expect(second.actions.map(({ actionId }) => actionId)).not.toContain('basket-reminder');
  });

  test('put off until a day, it rests until that day', async () => {
    const first = await decideFor('says-later');
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const said = { decisionId: first.decisionId, actionId: 'basket-reminder', outcome: 'postponed', until };
    expect((await post('/v1/feedback', said)).status).toBe(200);
    const second = await decideFor('says-later');
    expect(second.actions.map(({ actionId }) => actionId)).not.toContain('basket-reminder');
  });

  test('an action that was not offered is refused', async () => {
    const { decisionId } = await decideFor('not-offered');
    const answer = await post('/v1/feedback', { decisionId, actionId: 'free-express', outcome: 'accepted' });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'action_not_in_decision' } } });
  });
});

describe('tRPC', () => {
  const client = (headers: Record<string, string>) =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${product.url}/trpc`, headers })] });

  async function signedIn() {
    const response = await fetch(`${product.url}/trpc/session.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(TEST_AGENT),
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    return client({ cookie: cookie.split(';')[0] ?? '' });
  }

  test('an app with a key decides', async () => {
    await post('/v1/track', added('trpc-app'));
    const app = client({ authorization: `Bearer ${product.key}` });
    const answer = await app.decision.decide.mutate({ customer: { userId: 'trpc-app' }, channel: 'web' });
    expect(answer.actions[0]?.actionId).toBe('basket-reminder');
  });

  test('an agent signs in, sees a customer, answers, and signs out', async () => {
    await post('/v1/identify', {
      userId: 'cleo',
      traits: { firstName: 'Cleo', lastName: 'Ray', email: 'cleo@example.com' },
    });
    await post('/v1/track', added('cleo'));
    const agent = await signedIn();
    const found = await agent.customer.search.query({ text: 'ray' });
    const customerId = found.items[0]?.customerId ?? expect.fail('not found by last name');
    const view = await agent.customer.get.query({ customerId });
    expect(view).toMatchObject({ displayName: 'Cleo Ray', basket: { items: 2, value: 50 }, churn: null });
    const decision = await agent.decision.forCustomer.mutate({ customerId });
    expect(decision.actions[0]?.actionId).toBe('basket-reminder');
    expect((await agent.decision.forCustomer.mutate({ customerId })).decisionId).toBe(decision.decisionId);
    await agent.decision.feedback.mutate({
      decisionId: decision.decisionId,
      actionId: 'basket-reminder',
      outcome: 'accepted',
    });
    const record = await agent.decision.get.query({ decisionId: decision.decisionId });
    expect(record.outcomes.map(({ outcome, agent: by }) => [outcome, by?.name ?? null])).toEqual([
      ['shown', null],
      ['accepted', 'Ada'],
    ]);
    const { items } = await agent.customer.timeline.query({ customerId });
    expect(items.map(({ kind }) => kind)).toEqual(['outcome', 'decision', 'event', 'event']);
    await agent.session.signOut.mutate();
    await expect(agent.session.me.query()).rejects.toThrow(TRPCClientError);
  });

  test('nobody sees nothing', async () => {
    await expect(client({}).inbox.list.query({})).rejects.toMatchObject({
      data: { code: 'not_authenticated', httpStatus: 401 },
    });
    const app = client({ authorization: `Bearer ${product.key}` });
    await expect(app.inbox.list.query({})).rejects.toMatchObject({
      data: { code: 'not_allowed', httpStatus: 403 },
    });
  });

  test('bad input names the field', async () => {
    const app = client({ authorization: `Bearer ${product.key}` });
    const failed = app.decision.decide.mutate({ customer: { userId: 'x' }, channel: '' });
    await expect(failed).rejects.toMatchObject({
      data: { code: 'invalid_request', issues: [{ path: 'channel' }] },
    });
  });

  test('wrong passwords are counted', async () => {
    const anybody = client({});
    const wrong = { email: 'guess@example.com', password: 'no' };
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect(anybody.session.signIn.mutate(wrong)).rejects.toMatchObject({
        data: { code: 'wrong_credentials' },
      });
    }
    await expect(anybody.session.signIn.mutate(wrong)).rejects.toMatchObject({
      data: { code: 'too_many_attempts' },
    });
    expect((await signedIn()) !== undefined).toBe(true);
  });

  test('wrong passwords sent all at once are counted one by one', async () => {
    const guesses = Array.from({ length: 15 }, (_, n) =>
      client({}).session.signIn.mutate({ email: 'crowd@example.com', password: `guess ${n}` }),
    );
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === 'rejected' && guess.reason instanceof TRPCClientError ? guess.reason.data?.code : null,
    );
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(5);
  });

  test("another site's page can't use an agent's cookie", async () => {
    const response = await fetch(`${product.url}/trpc/session.me`, {
      headers: { cookie: 'segue_session=anything', origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
