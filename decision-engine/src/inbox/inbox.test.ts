import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAgent } from '../access/agents.js';
import type { Role } from '../access/permissions.js';
import { startSession } from '../access/sessions.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let product: TestProduct;
const cookies = new Map<string, string>();
beforeAll(async () => {
  product = await startTestProduct();
  for (const [name, role] of [
    ['mo', 'agent'],
    ['ada', 'agent'],
    ['lee', 'lead'],
  ] as const satisfies readonly (readonly [string, Role])[]) {
    const [agentId, now] = [`agt_${name}x`, new Date()];
    const email = `${name}x@example.com`;
    const password = 'a long password';
    await createAgent(product.engine.store, { agentId, email, name, role, password, createdAt: now });
    const { token } = await startSession(product.engine.store, { agentId, now });
    cookies.set(name, `segue_session=${token}`);
  }
  await Promise.all(['one', 'two', 'three'].map((userId) => identify(userId)));
  // What the scorer finds is written over below: it has to have been there.
  const { customers } = product.engine.store;
  await vi.waitFor(async () => expect(await customers.countDocuments({ scoredAt: { $ne: null } })).toBe(3), {
    timeout: 20_000,
  });
}, 30_000);
afterAll(() => product.close());
beforeEach(async () => {
  await product.engine.store.assignments.deleteMany({});
  await product.engine.store.inboxViews.deleteMany({});
});

async function identify(userId: string): Promise<void> {
  const response = await fetch(`${product.url}/v1/identify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${product.key}` },
    body: JSON.stringify({ userId, traits: { firstName: userId } }),
  });
  expect(response.status).toBe(200);
}

type Answer = { readonly status: number; readonly data: unknown };

async function ask(as: string, procedure: string, input: object): Promise<Answer> {
  const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return answerOf(await fetch(`${product.url}/trpc/${procedure}${query}`, { headers: headers(as) }));
}

async function tell(as: string, procedure: string, input: object): Promise<Answer> {
  const body = JSON.stringify(input);
  return answerOf(
    await fetch(`${product.url}/trpc/${procedure}`, { method: 'POST', headers: headers(as), body }),
  );
}

const headers = (as: string) => ({ 'content-type': 'application/json', cookie: cookies.get(as) ?? '' });

async function answerOf(response: Response): Promise<Answer> {
  const body = (await response.json()) as {
    result?: { data: unknown };
    error?: { data: { code: string } };
  };
  return { status: response.status, data: body.result?.data ?? body.error?.data.code };
}

/** Needs and scores as the scorer would leave them; nothing else here scores. */
async function needs(userId: string, set: object): Promise<string> {
  const { store } = product.engine;
  const { customers } = store;
  const found = await customers.findOne({ 'traits.firstName': userId }).lean<CustomerDocument | null>();
  if (found === null) return expect.fail(`nobody is ${userId}`);
  await customers.updateOne({ _id: found._id }, { $set: { scoredAt: new Date(), ...set } });
  return found._id;
}

const attention = (kind: string, urgency: number) => ({ attention: { kind, why: 'because', urgency } });
const churn = (band: string) => ({ churn: { probability: 0.5, band, baseRate: 0.4, reasons: [] } });

async function names(as: string, filter: object): Promise<string[]> {
  const { data } = await ask(as, 'inbox.list', { filter });
  const { items, total } = data as { items: { displayName: string }[]; total: number };
  expect(total).toBe(items.length);
  return items.map(({ displayName }) => displayName);
}

describe('filters', () => {
  beforeEach(async () => {
    await needs('one', { ...attention('basket', 30), ...churn('likely'), segments: ['loyal'] });
    await needs('two', { ...attention('leaving', 20), ...churn('likely'), segments: [] });
    await needs('three', { ...attention('basket', 5), ...churn('watch'), heardFrom: { sms: new Date() } });
  });

  test.each<[object, string[]]>([
    [{}, ['one', 'two', 'three']],
    [{ kinds: ['basket'] }, ['one', 'three']],
    [{ kinds: ['basket', 'leaving'], bands: ['likely'] }, ['one', 'two']],
    [{ segment: 'loyal' }, ['one']],
    [{ worth: 20 }, ['one', 'two']],
    [{ channel: 'sms' }, ['three']],
    [{ kinds: ['delivery'] }, []],
  ])('%j', async (filter, expected) => {
    expect(await names('mo', filter)).toEqual(expected);
  });

  test('by who looks after them, each from their own side', async () => {
    const one = await needs('one', {});
    await tell('mo', 'inbox.assign', { customerId: one, how: 'take' });
    expect(await names('mo', { assigned: 'me' })).toEqual(['one']);
    expect(await names('mo', { assigned: 'others' })).toEqual([]);
    expect(await names('ada', { assigned: 'others' })).toEqual(['one']);
    expect(await names('ada', { assigned: 'nobody' })).toEqual(['two', 'three']);
  });

  test('pages follow each other in a filtered queue', async () => {
    const filter = { kinds: ['basket'] };
    const first = await ask('mo', 'inbox.list', { filter, limit: 1 });
    const { nextCursor } = first.data as { nextCursor: string };
    const second = await ask('mo', 'inbox.list', { filter, limit: 1, cursor: nextCursor });
    expect(second.data).toMatchObject({ items: [{ displayName: 'three' }], nextCursor: null, total: 2 });
  });

  test('a filter nobody knows is refused', async () => {
    expect(await ask('mo', 'inbox.list', { filter: { kinds: ['bored'] } })).toMatchObject({ status: 400 });
    expect(await ask('mo', 'inbox.list', { filter: { channel: 'sms.$where' } })).toMatchObject({
      status: 400,
    });
  });
});

describe('assignment', () => {
  test('of two who take a customer at once one has them, and the other is told who', async () => {
    const customerId = await needs('one', attention('basket', 30));
    const both = await Promise.all(
      ['mo', 'ada'].map((as) => tell(as, 'inbox.assign', { customerId, how: 'take' })),
    );
    const answers = both.map(({ data }) => data as { done: boolean; assigned: { name: string } });
    expect(answers.filter(({ done }) => done)).toHaveLength(1);
    expect(new Set(answers.map(({ assigned }) => assigned.name)).size).toBe(1);
  });

  test('taking twice changes nothing, taking over does, and only who has them lets go', async () => {
    const customerId = await needs('one', attention('basket', 30));
    const change = (as: string, how: string) => tell(as, 'inbox.assign', { customerId, how });
    expect((await change('mo', 'take')).data).toMatchObject({ done: true, assigned: { name: 'mo' } });
    expect((await change('mo', 'take')).data).toMatchObject({ done: true, assigned: { name: 'mo' } });
    expect((await change('ada', 'release')).data).toMatchObject({ done: false, assigned: { name: 'mo' } });
    expect((await change('ada', 'takeOver')).data).toMatchObject({ done: true, assigned: { name: 'ada' } });
    expect((await change('ada', 'release')).data).toEqual({ done: true, assigned: null });
    const asked = await ask('mo', 'inbox.assignment', { customerId });
    expect(asked.data).toEqual({ assigned: null });
  });

  test('who went home twelve hours ago has nobody', async () => {
    const customerId = await needs('one', attention('basket', 30));
    await tell('mo', 'inbox.assign', { customerId, how: 'take' });
    const at = new Date(Date.now() - 13 * 3_600_000);
    await product.engine.store.assignments.updateOne({ _id: customerId }, { $set: { at } });
    expect((await ask('ada', 'inbox.assignment', { customerId })).data).toEqual({ assigned: null });
    expect((await tell('ada', 'inbox.assign', { customerId, how: 'take' })).data).toMatchObject({
      done: true,
    });
  });

  test('nobody who is not there can be taken', async () => {
    const answer = await tell('mo', 'inbox.assign', { customerId: 'cus_nobody', how: 'take' });
    expect(answer).toEqual({ status: 404, data: 'unknown_customer' });
  });
});

describe('saved views', () => {
  const view = (name: string, more: object = {}) => ({
    viewId: `view-${name.toLowerCase()}`,
    name,
    filter: { kinds: ['basket'] },
    ...more,
  });
  const seenBy = async (as: string) => {
    const { data } = await ask(as, 'inbox.views', {});
    return (data as { items: { name: string }[] }).items.map(({ name }) => name);
  };

  test('saved twice it is there once, and is its owner’s alone', async () => {
    await tell('mo', 'inbox.saveView', view('Baskets'));
    await tell('mo', 'inbox.saveView', view('Baskets'));
    expect(await seenBy('mo')).toEqual(['Baskets']);
    expect(await seenBy('ada')).toEqual([]);
    expect(await tell('ada', 'inbox.saveView', view('Baskets'))).toEqual({ status: 409, data: 'view_taken' });
    expect(await tell('ada', 'inbox.deleteView', { viewId: 'view-baskets' })).toMatchObject({ status: 404 });
    const stored = await product.engine.store.inboxViews.findById('view-baskets').lean();
    expect(stored).toMatchObject({ schemaVersion: 1, owner: 'agt_mox', filter: { kinds: ['basket'] } });
  });

  test('a lead shares with the team; others see it first in their list, and leave it alone', async () => {
    await tell('mo', 'inbox.saveView', view('Mine'));
    expect(await tell('mo', 'inbox.saveView', view('Ours', { shared: true }))).toMatchObject({ status: 403 });
    await tell('lee', 'inbox.saveView', view('Ours', { shared: true }));
    expect(await seenBy('mo')).toEqual(['Ours', 'Mine']);
    expect(await tell('mo', 'inbox.deleteView', { viewId: 'view-ours' })).toMatchObject({ status: 403 });
    await tell('lee', 'inbox.deleteView', { viewId: 'view-ours' });
    expect(await seenBy('mo')).toEqual(['Mine']);
  });

  test('the one a queue begins with is chosen by each, and gone with the view', async () => {
    await tell('mo', 'inbox.saveView', view('Baskets'));
    const chosen = await tell('mo', 'inbox.setDefaultView', { viewId: 'view-baskets' });
    expect(chosen.data).toMatchObject({ defaultViewId: 'view-baskets' });
    expect(await tell('ada', 'inbox.setDefaultView', { viewId: 'view-baskets' })).toMatchObject({
      status: 404,
    });
    const left = await tell('mo', 'inbox.deleteView', { viewId: 'view-baskets' });
    expect(left.data).toEqual({ items: [], defaultViewId: null });
  });
});
