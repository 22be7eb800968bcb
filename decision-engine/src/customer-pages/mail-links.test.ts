import { createEmailChannel } from '@segue/integrations';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { requestDelivery } from '../deliveries/request-delivery.js';
import { sendDue } from '../deliveries/send-due.js';
import { decideFor } from '../engine/decide-for.js';
import { type Mailbox, startMailbox } from '../testing/mailbox.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let mailbox: Mailbox;
let product: TestProduct;
beforeAll(async () => {
  mailbox = await startMailbox();
  product = await startTestProduct({
    email: createEmailChannel({ smtpUrl: mailbox.url, from: 'shop@example.com' }),
  });
}, 30_000);
afterAll(async () => {
  await product.close();
  await mailbox.close();
});

async function track(userId: string, type: string, body: object): Promise<void> {
  await fetch(`${product.url}/v1/${type}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId, ...body }),
  });
}

let users = 0;
async function mailed() {
  const userId = `mailed-${users++}`;
  const { engine } = product;
  await track(userId, 'identify', { traits: { email: `${userId}@example.com`, consent: { email: true } } });
  const request = { customer: { userId }, channel: 'agent', slots: 3, context: {} };
  const decisionId = (await decideFor(engine, request, 'test'))?.decisionId ?? '';
  await requestDelivery(engine, { decisionId, actionId: 'free-express', channel: 'email' });
  await sendDue(engine);
  const deliveryId = `${decisionId}:free-express:email`;
  await vi.waitFor(async () => {
    const decision = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    expect(decision?.outcomes.map(({ outcome }) => outcome)).toEqual(['shown']);
  });
  const customerId = (await findCustomer(engine.store, { userId }))?._id ?? '';
  return { userId, decisionId, deliveryId, customerId };
}
const eventsOf = async (customerId: string, name: string) =>
  (await product.engine.store.events.find({ customerId, name }).lean()).map(({ properties }) => properties);
const outcomesOf = async (decisionId: string) =>
  (await product.engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>())?.outcomes.map(
    ({ outcome }) => outcome,
  );

describe('a followed link', () => {
  const url = 'https://shop.example.com/basket?a=1&b=2#top';
  test('leads to exactly the address that was signed, and becomes an event and an outcome once', async () => {
    const { decisionId, deliveryId, customerId } = await mailed();
    const link = await product.engine.links.make('go', { deliveryId, url });
    for (const _time of [1, 2]) {
      const response = await fetch(link, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([302, url]);
    }
    await fetch(link, { method: 'HEAD', redirect: 'manual' });
    expect(await outcomesOf(decisionId)).toEqual(['shown', 'clicked']);
    expect(await eventsOf(customerId, 'Email Link Clicked')).toMatchObject([
      {
        link_url: url,
        decision_id: decisionId,
        action_id: 'free-express',
        email_id: expect.stringMatching(/^<.+@example\.com>$/),
      },
    ]);
  });

  test('leads nowhere else: not to an address beside the token, nor to one we did not sign', async () => {
    const { deliveryId } = await mailed();
    const link = await product.engine.links.make('go', { deliveryId, url });
    const other = Buffer.from(JSON.stringify({ deliveryId, url: 'https://evil.example' })).toString(
      'base64url',
    );
    const forged = link.replace(/(\/c\/go\/\w+)\.[\w-]+\./, `$1.${other}.`);
    for (const wrong of [forged, `${link.slice(0, link.lastIndexOf('/'))}/https%3A%2F%2Fevil.example`]) {
      const response = await fetch(wrong, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([404, null]);
    }
    const beside = await fetch(`${link}?url=https://evil.example`, { redirect: 'manual' });
    expect(beside.headers.get('location')).toBe(url);
    await expect(
      product.engine.links
        .make('go', { deliveryId, url: 'javascript:alert(1)' })
        .then((bad) => fetch(bad, { redirect: 'manual' }))
        .then(({ status }) => status),
    ).resolves.toBe(404);
  });

  test('of a customer who objected since, or is gone: leads on and is not recorded', async () => {
    const objected = await mailed();
    await track(objected.userId, 'identify', { traits: { consent: { email: { profiling: false } } } });
    const gone = await mailed();
    await product.engine.store.customers.deleteOne({ _id: gone.customerId });
    for (const { deliveryId, decisionId } of [objected, gone]) {
      const link = await product.engine.links.make('go', { deliveryId, url });
      expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
      expect(await outcomesOf(decisionId)).toEqual(['shown']);
    }
    expect(await eventsOf(objected.customerId, 'Email Link Clicked')).toEqual([]);
  });

  test('opening is not recorded where it is switched off', async () => {
    const { deliveryId, customerId } = await mailed();
    const response = await fetch(await product.engine.links.make('open', { deliveryId }));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(await eventsOf(customerId, 'Email Opened')).toEqual([]);
  });
});

describe('a survey', () => {
  const post = (link: string, fields: Record<string, string>) =>
    fetch(link, { method: 'POST', body: new URLSearchParams(fields) });

  test('opening the link shows the answer it names and answers nothing', async () => {
    const { deliveryId, customerId } = await mailed();
    const link = await product.engine.links.make('survey', { deliveryId, survey: 'nps' });
    const page = await (await fetch(`${link}?score=9`)).text();
    expect(page.match(/value="\d+" required/g)).toHaveLength(11);
    expect(page).toMatch(/value="9" required checked/);
    expect(await eventsOf(customerId, 'Survey Answered')).toEqual([]);
  });

  test('an answer comes once, another one and a comment as events of their own', async () => {
    const { deliveryId, customerId, decisionId } = await mailed();
    const link = await product.engine.links.make('survey', { deliveryId, survey: 'csat' });
    await post(link, { score: '2' });
    await post(link, { score: '2', comment: ' Too late. ' });
    const thanks = await post(link, { score: '4' });
    expect([thanks.status, await thanks.text()]).toEqual([
      200,
      expect.stringContaining('Your answer has arrived'),
    ]);
    expect(await eventsOf(customerId, 'Survey Answered')).toMatchObject([
      { survey: 'csat', score: 2, max_score: 5, decision_id: decisionId, action_id: 'free-express' },
      { survey: 'csat', score: 4 },
    ]);
    expect(await eventsOf(customerId, 'Survey Commented')).toMatchObject([
      { score: 2, comment: 'Too late.' },
    ]);
  });

  test.each(['', '0', '6', '3.5', '1e0', ' 3'])('"%s" is no answer from 1 to 5', async (score) => {
    const { deliveryId, customerId } = await mailed();
    const link = await product.engine.links.make('survey', { deliveryId, survey: 'csat' });
    expect((await post(link, { score })).status).toBe(400);
    expect(await eventsOf(customerId, 'Survey Answered')).toEqual([]);
  });
});
