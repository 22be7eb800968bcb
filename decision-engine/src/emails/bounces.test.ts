import { createEmailChannel } from '@segue/integrations';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
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

const send = (path: string, body: string, { type = 'application/json', key = product.key } = {}) =>
  fetch(product.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body,
  });
const identify = (userId: string, email: string) =>
  send('/v1/identify', JSON.stringify({ userId, traits: { email, consent: { email: true } } }));

async function deliveryOf(decisionId: string): Promise<StoredDelivery | undefined> {
  const decision = await product.engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  return decision?.deliveries[0];
}
/** Asks for a message and waits until it has left or won't. */
async function mail(userId: string): Promise<StoredDelivery> {
  const request = { customer: { userId }, channel: 'agent', slots: 3, context: {} };
  const decisionId = (await decideFor(product.engine, request, 'test'))?.decisionId ?? '';
  await requestDelivery(product.engine, { decisionId, actionId: 'free-express', channel: 'email' });
  await sendDue(product.engine);
  return vi.waitFor(async () => {
    const delivery = await deliveryOf(decisionId);
    if (delivery === undefined || ['pending', 'sending'].includes(delivery.state))
      throw new Error('still waiting');
    return delivery;
  });
}
let users = 0;
async function mailed() {
  const userId = `bounced-${users++}`;
  const address = `${userId}@example.com`;
  await identify(userId, address);
  const delivery = await mail(userId);
  expect(delivery.state).toBe('sent');
  return { userId, address, delivery, emailId: delivery.providerMessageId ?? '' };
}
const stateOf = async ({ deliveryId }: StoredDelivery) =>
  (await deliveryOf(deliveryId.split(':')[0] ?? ''))?.state;
const report = (userId: string, event: string, properties: object) =>
  send('/v1/track', JSON.stringify({ userId, event, properties }));

const returned = (messageId: string, recipient: string, status = '5.1.1') =>
  [
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
const giveBack = (source: string, key = product.key) =>
  send('/v1/inbound/email', source, { type: 'message/rfc822', key });

describe('an e-mail that bounced', () => {
  test('for good, as an event: nothing goes to that address again, whoever has it', async () => {
    const { userId, address, delivery, emailId } = await mailed();
    await report(userId, 'Email Bounced', { email_id: emailId.slice(1, -1), reason: 'no such user' });
    expect(await stateOf(delivery)).toBe('failed');
    await product.engine.store.customers.deleteMany({});
    await product.engine.store.identities.deleteMany({});
    await send(
      '/v1/identify',
      JSON.stringify({
        userId: `${userId}-new`,
        timestamp: '2020-01-01T00:00:00Z',
        traits: { email: address, consent: { email: true } },
      }),
    );
    expect(await mail(`${userId}-new`)).toMatchObject({
      state: 'skipped',
      detail: expect.stringMatching(/^not sent: the address bounced on [\d-]+: no such user$/),
    });
    await identify(`${userId}-new`, address);
    expect((await mail(`${userId}-new`)).state).toBe('sent');
  });

  test('for now: the message failed, the address stays', async () => {
    const { userId, delivery, emailId } = await mailed();
    await report(userId, 'Email Bounced', { email_id: emailId, bounce_type: 'soft' });
    expect(await stateOf(delivery)).toBe('failed');
    expect((await mail(userId)).state).toBe('sent');
  });

  test('as a mail that came back, for the right message and recipient only, with a key', async () => {
    const { userId, address, delivery, emailId } = await mailed();
    const noKey = await giveBack(returned(emailId, address), 'wrong');
    const reader = await product.newKey(['read']);
    expect([noKey.status, (await giveBack(returned(emailId, address), reader)).status]).toEqual([401, 403]);
    for (const [source, answer] of [
      [returned(emailId, 'other@example.com'), { reports: 1, taken: 0 }],
      [returned('<other@example.com>', address), { reports: 1, taken: 0 }],
      ['Subject: Out of office\r\n\r\nBack soon', { reports: 0, taken: 0 }],
      [returned(emailId, address, '5.2.2'), { reports: 1, taken: 1 }],
    ] as const)
      expect(await (await giveBack(source)).json()).toEqual({ success: true, ...answer });
    expect((await mail(userId)).state).toBe('sent');
    await giveBack(returned(emailId, address));
    expect(await stateOf(delivery)).toBe('failed');
    expect((await mail(userId)).detail).toContain('550 no such user');
    expect((await giveBack('x'.repeat(300_000))).status).toBe(413);
  });
});

test.each(['Email Marked as Spam', 'Unsubscribed'])(
  '%s: marketing is declined, though another reports it',
  async (event) => {
    const { userId, emailId } = await mailed();
    await report('the mail provider', event, { email_id: emailId });
    const document = await findCustomer(product.engine.store, { userId });
    expect(document?.consent).toMatchObject([
      { channel: 'email', purpose: 'marketing', state: 'denied', source: event },
    ]);
    expect((await mail(userId)).state).toBe('skipped');
  },
);

const complaint = (messageId: string, recipient: string, type = 'abuse') =>
  [
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is an e-mail abuse report.',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: SomeProvider/1.0',
    'Version: 1',
    ...(recipient === '' ? [] : [`Original-Rcpt-To: <${recipient}>`]),
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: shop@example.com',
    `Message-ID: ${messageId}`,
    'Subject: Hello',
    '',
    'Hello',
    '--b--',
    '',
  ].join('\r\n');

test('a complaint that comes as a report of the provider: marketing is declined, for the right message only', async () => {
  const { userId, address, emailId } = await mailed();
  for (const [source, answer] of [
    [complaint(emailId, 'other@example.com'), { reports: 1, taken: 0 }],
    [complaint('<other@example.com>', address), { reports: 1, taken: 0 }],
    [complaint(emailId, address, 'not-spam'), { reports: 0, taken: 0 }],
  ] as const)
    expect(await (await giveBack(source)).json()).toEqual({ success: true, ...answer });
  expect((await findCustomer(product.engine.store, { userId }))?.consent).toMatchObject([
    { state: 'granted' },
  ]);
  for (const recipient of [address, ''])
    expect(await (await giveBack(complaint(emailId, recipient))).json()).toMatchObject({ taken: 1 });
  expect((await findCustomer(product.engine.store, { userId }))?.consent).toMatchObject([
    { channel: 'email', purpose: 'marketing', state: 'denied', source: 'Email Marked as Spam' },
  ]);
  expect((await mail(userId)).state).toBe('skipped');
});
