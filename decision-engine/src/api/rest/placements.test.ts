import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../../customers/find-customer.js';
import { mergeCustomers } from '../../customers/merge-customers.js';
import type { CustomerId } from '../../customers/profile.js';
import type { DecisionDocument } from '../../decisions/decision-document.js';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { placementAnswer } from '../shapes/placement.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
let pageKey: string;
beforeAll(async () => {
  product = await startTestProduct();
  pageKey = await product.newKey(['placements']);
}, 30_000);
afterAll(() => product.close());

const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

async function call(url: string, body: object, key = pageKey) {
  const response = await fetch(product.url + url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answered: unknown = await response.json();
  const { status, headers } = response;
  if (!url.startsWith('/v1/track'))
    expect(problemsOf({ method: 'POST', url, status, headers, body: answered })).toEqual([]);
  const error: unknown = Reflect.get(Object(answered), 'error');
  return { status, body: answered, code: Reflect.get(Object(error), 'code') as unknown };
}
let visitors = 0;
async function visitor(): Promise<string> {
  const anonymousId = `visitor-${visitors++}`;
  const sent = { anonymousId, event: 'Product Added', properties: { product_id: 'p', price: 5 } };
  await call('/v1/track', sent, product.key);
  return anonymousId;
}
async function ask(anonymousId: string) {
  const { status, body } = await call('/v1/placements', { placement: 'home', customer: { anonymousId } });
  expect(status).toBe(200);
  return placementAnswer.parse(body).items;
}
async function outcomes(anonymousId: string): Promise<string[]> {
  const document = await findCustomer(product.engine.store, { anonymousId });
  const decisions = await product.engine.store.decisions
    .find({ customerId: document?._id ?? '' })
    .lean<DecisionDocument[]>();
  return decisions.flatMap((decision) => decision.outcomes.map(({ outcome }) => outcome));
}

describe('what a page shows', () => {
  test('is decided for the visitor; what they do is reported once, and a close is a no', async () => {
    const anonymousId = await visitor();
    const [item] = await ask(anonymousId);
    expect(item).toMatchObject({
      actionId: 'basket-reminder',
      title: 'Your basket waits',
      format: 'banner',
      link: '/basket',
      button: 'To the basket',
      image: null,
      offerCode: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/),
    });
    expect(item?.body).toBe(`Use ${item?.offerCode}.`);
    const token = item?.token ?? '';
    for (const outcome of ['shown', 'shown', 'clicked', 'dismissed'])
      await call('/v1/placements/outcomes', { token, outcome });
    expect(await outcomes(anonymousId)).toEqual(['shown', 'clicked', 'rejected']);
  });

  test('nothing for visitors nobody knows', async () => {
    expect(await ask('nobody')).toEqual([]);
  });

  test('a key in a page may name visitors only by what nobody can guess, and do nothing else', async () => {
    const anonymousId = await visitor();
    const [item] = await ask(anonymousId);
    const other = await call('/v1/placements', { placement: 'home', customer: { email: 'ada@example.com' } });
    expect([other.status, other.code]).toEqual([403, 'not_allowed']);
    expect(pageKey.startsWith('pk_')).toBe(true);
    const decide = { customer: { anonymousId }, channel: 'web' };
    expect((await call('/v1/decide', decide)).status).toBe(403);
    expect((await call('/v1/track', { anonymousId, event: 'x' })).status).toBe(403);
    expect((await call('/v1/offers/redeem', { code: item?.offerCode ?? '', orderId: 'o' })).status).toBe(403);
    const forged = await call('/v1/placements/outcomes', { token: `${item?.token}x`, outcome: 'shown' });
    expect([forged.status, forged.code]).toEqual([400, 'invalid_request']);
    const trusted = await call(
      '/v1/placements',
      { placement: 'home', customer: { userId: 'x' } },
      product.key,
    );
    expect(trusted.status).toBe(200);
  });
});

describe('offer codes', () => {
  const redeem = (code: string, orderId: string) =>
    call('/v1/offers/redeem', { code, orderId, discount: 5 }, product.key);
  const codeFor = async (anonymousId: string): Promise<string> =>
    (await ask(anonymousId))[0]?.offerCode ?? '';

  test('one code for a customer and an offer, on every channel', async () => {
    const anonymousId = await visitor();
    const code = await codeFor(anonymousId);
    const document = await findCustomer(product.engine.store, { anonymousId });
    const agent = await call('/v1/decide', { customer: { anonymousId }, channel: 'agent' }, product.key);
    expect(JSON.stringify(agent.body)).toContain(`Ask about the basket, code ${code}`);
    expect(await codeFor(await visitor())).not.toBe(code);
    expect(await product.engine.store.offerCodes.countDocuments({ customerId: document?._id ?? '' })).toBe(1);
  });

  test('redeemed once of many at once; the same order may ask again; it is an event and a yes', async () => {
    const anonymousId = await visitor();
    const code = await codeFor(anonymousId);
    const typed = `${code.slice(0, 5)}-${code.slice(5)} `.toLowerCase();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => redeem(typed, `order-${index}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    expect(new Set(answers.flatMap(({ code: error }) => error ?? []))).toEqual(new Set(['offer_redeemed']));
    const winner = answers.findIndex(({ status }) => status === 200);
    const again = await redeem(code, `order-${winner}`);
    expect([again.status, Reflect.get(Object(again.body), 'redeemed')]).toEqual([200, false]);
    expect(await outcomes(anonymousId)).toEqual(['accepted']);
    const applied = await product.engine.store.events
      .find({ name: 'Coupon Applied', 'properties.coupon_id': code })
      .lean();
    expect(applied.map(({ properties }) => properties)).toMatchObject([
      { order_id: `order-${winner}`, discount: 5, coupon_name: 'basket-five', action_id: 'basket-reminder' },
    ]);
  });

  test('unknown, or no longer valid: refused', async () => {
    expect((await redeem('0000000000', 'o')).code).toBe('unknown_offer_code');
    const code = await codeFor(await visitor());
    await product.engine.store.offerCodes.updateOne({ _id: code }, { $set: { validUntil: new Date(0) } });
    expect((await redeem(code, 'o')).code).toBe('offer_expired');
  });

  test('two visitors who turn out to be one redeem it once', async () => {
    const [one, two] = [await visitor(), await visitor()];
    const codes = [await codeFor(one), await codeFor(two)];
    const ids = await Promise.all(
      [one, two].map(async (anonymousId) => (await findCustomer(product.engine.store, { anonymousId }))?._id),
    );
    await mergeCustomers(product.engine.store, {
      absorbed: ids[0] as CustomerId,
      survivor: ids[1] as CustomerId,
      because: { messageId: 'both', eventType: 'alias', identities: [], at: new Date(0) },
    });
    expect((await redeem(codes[0] ?? '', 'o-1')).status).toBe(200);
    expect((await redeem(codes[1] ?? '', 'o-2')).code).toBe('offer_redeemed');
  });
});
