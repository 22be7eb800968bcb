import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { findCustomer } from '../../customers/find-customer.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { conflictList, customerMerges } from '../shapes/merge.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

async function ask(
  method: string,
  path: string,
  { body, key = product.key }: { body?: object; key?: string } = {},
) {
  const response = await fetch(`${product.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
}

async function mergesOf(customerId: string): Promise<z.infer<typeof customerMerges>> {
  return customerMerges.parse((await ask('GET', `/v1/customers/${customerId}/merges`)).body);
}

const track = (body: object) => ask('POST', '/v1/track', { body: { event: 'Cart Viewed', ...body } });

async function idOf(
  identity: { readonly userId: string } | { readonly anonymousId: string },
): Promise<string> {
  return (await findCustomer(product.engine.store, identity))?._id ?? '';
}

test('a merge is shown, undone by who may, and in the audit log', async () => {
  await track({ userId: 'u-1' });
  await track({ anonymousId: 'a-1' });
  const visitor = await idOf({ anonymousId: 'a-1' });
  await track({ userId: 'u-1', anonymousId: 'a-1' });
  const customerId = await idOf({ userId: 'u-1' });
  expect(await idOf({ anonymousId: 'a-1' })).toBe(customerId);

  const { merges } = await mergesOf(customerId);
  expect(merges).toHaveLength(1);
  const [merge] = merges;
  expect(merge).toMatchObject({
    absorbedId: visitor,
    state: 'merged',
    because: { eventType: 'track' },
    identities: [{ kind: 'anonymousId', value: 'a-1' }],
    events: 1,
    whyNot: null,
    undone: null,
  });

  const path = `/v1/merges/${merge?.mergeId}/undo`;
  const reading = await product.newKey(['customers:read']);
  expect((await ask('POST', path, { body: {}, key: reading })).status).toBe(403);
  expect(await ask('POST', '/v1/merges/mrg_none/undo', { body: {} })).toMatchObject({
    body: { error: { code: 'unknown_merge' } },
  });
  const undone = await ask('POST', path, { body: { reason: 'ticket 7' } });
  expect(undone).toMatchObject({ status: 200, body: { state: 'undone', undone: { reason: 'ticket 7' } } });
  expect(await idOf({ anonymousId: 'a-1' })).toBe(visitor);
  expect(await ask('POST', path, { body: {} })).toMatchObject({ status: 200, body: { state: 'undone' } });

  const entries = await product.engine.store.audit.find({ what: 'customer.unmerge' }).sort({ at: 1 }).lean();
  expect(entries.find(({ outcome }) => outcome === 'done')).toMatchObject({
    target: { kind: 'customer', id: customerId },
    after: { customerIds: [customerId, visitor], reason: 'ticket 7' },
  });

  await track({ userId: 'u-1', anonymousId: 'a-1' });
  const conflicts = await ask('GET', '/v1/identity-conflicts?limit=5');
  expect(conflictList.parse(conflicts.body).items).toMatchObject([
    { customerId, otherId: visitor, identity: { kind: 'anonymousId', value: 'a-1' }, reason: 'taken-apart' },
  ]);
});

test('two known customers with different addresses stay two, and their dispute is shown with both', async () => {
  await ask('POST', '/v1/identify', { body: { userId: 'u-2', traits: { email: 'two@example.com' } } });
  await ask('POST', '/v1/identify', { body: { userId: 'u-3', traits: { email: 'three@example.com' } } });
  await ask('POST', '/v1/identify', { body: { userId: 'u-3', traits: { email: 'two@example.com' } } });
  const [two, three] = [await idOf({ userId: 'u-2' }), await idOf({ userId: 'u-3' })];
  expect(two).not.toBe(three);
  for (const customerId of [two, three]) {
    expect((await mergesOf(customerId)).conflicts).toMatchObject([
      {
        customerId: three,
        otherId: two,
        identity: { kind: 'email', value: 'two@example.com' },
        reason: 'other-user-id',
      },
    ]);
  }
});

test('an alias that joins two known customers says in what they differ', async () => {
  await ask('POST', '/v1/identify', { body: { userId: 'u-4', traits: { email: 'four@example.com' } } });
  await ask('POST', '/v1/identify', { body: { userId: 'u-5', traits: { email: 'five@example.com' } } });
  await ask('POST', '/v1/alias', { body: { userId: 'u-5', previousId: 'u-4' } });
  expect((await mergesOf(await idOf({ userId: 'u-4' }))).merges).toMatchObject([
    { because: { eventType: 'alias' }, differs: ['userId', 'email'], whyNot: null },
  ]);
});
