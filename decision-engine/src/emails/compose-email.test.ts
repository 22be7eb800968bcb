import { createEmailChannel } from '@segue/integrations';
import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unsubscribe } from '../customer-pages/change-preferences.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { requestDelivery } from '../deliveries/request-delivery.js';
import { sendDue } from '../deliveries/send-due.js';
import { decideFor } from '../engine/decide-for.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { type Mailbox, readMail, startMailbox } from '../testing/mailbox.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';

const LAYOUT = `<mjml><mj-body><mj-section><mj-column>
<mj-text>Dear {{ customer.firstName }}, {% for i in (1..2) %}<b>{{ i }}</b>{% endfor %}</mj-text>
<mj-button href="https://shop.example.com/basket?a=1&amp;b=2">Basket</mj-button>
</mj-column></mj-section></mj-body></mjml>`;

const email = (treatmentId: string, more: object = {}) => [
  { treatmentId: `${treatmentId}-agent`, channel: 'agent', title: 'Say it' },
  {
    treatmentId: `${treatmentId}-email`,
    channel: 'email',
    title: 'Mail it',
    subject: 'Your basket',
    body: 'Hello {{ customer.firstName | default: "there" }} & co <b>,\n\nsee https://shop.example.com/sale.',
    ...more,
  },
];

describe('an e-mail as it arrives', () => {
  let mailbox: Mailbox;
  let running: TestEngine;
  let users = 0;
  beforeAll(async () => {
    mailbox = await startMailbox();
    running = await startTestEngine(
      {
        actions: [
          actionOf('plain', {
            treatments: email('plain', {
              attributes: {
                link: 'https://shop.example.com/b?x={{ customer.orders }}',
                button: 'To the basket',
              },
            }),
          }),
          actionOf('laid-out', { treatments: email('laid-out', { mjml: LAYOUT }) }),
          actionOf('loop', {
            treatments: email('loop', { mjml: LAYOUT.replace('(1..2)', '(1..99999999)') }),
          }),
          actionOf('service', { class: 'transactional', treatments: email('service') }),
          actionOf('notice', { class: 'mandatory', treatments: email('notice') }),
          actionOf('bad-link', {
            treatments: email('bad-link', { attributes: { link: 'javascript:alert(1)' } }),
          }),
        ],
      },
      {
        email: createEmailChannel({ smtpUrl: mailbox.url, from: 'The Shop <shop@example.com>' }),
        sender: { trackOpens: true },
      },
    );
  }, 30_000);
  afterAll(async () => {
    await running.close();
    await mailbox.close();
  });
  beforeEach(() => mailbox.empty());

  type Sent = {
    readonly mail: ParsedMail | null;
    readonly state: string;
    readonly detail: string;
    readonly customerId: string;
    readonly userId: string;
    readonly decisionId: string;
  };
  async function queue(actionId: string, traits: Record<string, unknown> = {}) {
    const userId = `user-${users++}`;
    const customerId = await running.customer(userId, {
      email: `${userId}@example.com`,
      firstName: 'Ada <x>',
      consent: { email: true },
      ...traits,
    });
    const request = { customer: { userId }, channel: 'agent', slots: 10, context: {} };
    const decisionId = (await decideFor(running.engine, request, 'test'))?.decisionId ?? '';
    await requestDelivery(running.engine, { decisionId, actionId, channel: 'email' });
    return { customerId, userId, decisionId };
  }
  async function send(actionId: string, traits: Record<string, unknown> = {}): Promise<Sent> {
    const queued = await queue(actionId, traits);
    await sendDue(running.engine);
    return { ...queued, ...(await outcome(queued.decisionId)) };
  }
  async function outcome(decisionId: string): Promise<Pick<Sent, 'mail' | 'state' | 'detail'>> {
    const decision = await running.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    const [delivery] = decision?.deliveries ?? [];
    const [source] = mailbox.sources();
    const mail = source === undefined ? null : await readMail(source);
    return { mail, state: delivery?.state ?? '', detail: delivery?.detail ?? '' };
  }
  const list = (mail: ParsedMail | null): string =>
    /^List-Unsubscribe: <(.+)>$/im.exec(
      (mail?.headerLines ?? []).map(({ line }) => line.replace(/\r?\n\s+/g, ' ')).join('\n'),
    )?.[1] ?? '';
  const hrefs = (mail: ParsedMail | null) =>
    [...String(mail?.html).matchAll(/<a\b[^>]*href="([^"]*)"/g)].map((match) => match[1] ?? '');

  test('has a text and an HTML part, who writes, and how to stop it by one click', async () => {
    const { mail, customerId, decisionId } = await send('plain');
    expect(mail?.from?.text).toBe('"The Shop" <shop@example.com>');
    expect(mail?.text).toMatch(
      /^Hello Ada <x> & co <b>,\n\nsee https:\/\/shop\.example\.com\/sale\.\n\nTo the basket: https:\/\/shop\.example\.com\/b\?x=0\n\n-- \nThe Shop, 1 High Street, London\nUnsubscribe: https:\/\/shop\.example\/c\/unsubscribe\/\S+\nWhat you get from us: https:/,
    );
    expect(mail?.html).toContain('Hello Ada &lt;x&gt; &amp; co &lt;b&gt;,');
    expect(mail?.html).toContain('The Shop, 1 High Street, London');
    expect(mail?.headers.get('list')).toMatchObject({
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    });
    const token = list(mail).split('/').at(-1) ?? '';
    expect(await running.engine.links.read('unsubscribe', token)).toEqual({
      customerId,
      channel: 'email',
      purpose: 'marketing',
      deliveryId: `${decisionId}:plain:email`,
    });
    expect(hrefs(mail)).toContain(list(mail));
  });

  test('links lead through us to exactly where they led, and opening is seen', async () => {
    const { mail, decisionId } = await send('laid-out');
    const go = hrefs(mail).find((href) => href.includes('/c/go/')) ?? '';
    expect(await running.engine.links.read('go', go.split('/').at(-1) ?? '')).toEqual({
      deliveryId: `${decisionId}:laid-out:email`,
      url: 'https://shop.example.com/basket?a=1&b=2&utm_source=segue&utm_medium=email&utm_campaign=laid-out&utm_content=laid-out-email',
    });
    expect(mail?.html).toContain('Dear Ada &lt;x&gt;, <b>1</b><b>2</b>');
    expect(mail?.html).toMatch(/<img src="https:\/\/shop\.example\/c\/open\/[^"]+" width="1"/);
    expect(mail?.text).toContain('Hello Ada <x>');
  });

  test('nothing is followed of customers who object to profiling', async () => {
    const { mail } = await send('laid-out', { consent: { email: { marketing: true, profiling: false } } });
    expect(hrefs(mail)).toContain('https://shop.example.com/basket?a=1&amp;b=2');
    expect(mail?.html).not.toMatch(/\/c\/(?:go|open)\//);
  });

  test.each([
    ['service', 'service'],
    ['notice', null],
  ])('what "%s" lets people stop: %s', async (actionId, purpose) => {
    const { mail } = await send(actionId);
    const stops = await running.engine.links.read('unsubscribe', list(mail).split('/').at(-1) ?? '');
    expect(stops?.purpose ?? null).toBe(purpose);
    expect(mail?.text).toContain('What you get from us: https://shop.example/c/preferences/');
  });

  test.each([
    ['laid-out', { firstName: 7, name: 'x' }, null],
    ['laid-out', { firstName: undefined }, 'not sent: its layout: No value for "customer.firstName"'],
    ['loop', {}, /^not sent: its layout: .*limit exceeded/],
    [
      'bad-link',
      {},
      'not sent: attribute "link": expected an http or https address, got "javascript:alert(1)"',
    ],
  ])('%s with %o: %s', async (actionId, traits, detail) => {
    const sent = await send(actionId, traits);
    expect([sent.state, sent.mail === null]).toEqual(detail === null ? ['sent', false] : ['skipped', true]);
    if (detail !== null) expect(sent.detail).toMatch(detail);
    else expect(sent.detail).toBe('');
  });

  test.each(['one-click unsubscribe', 'unsubscribe page'] as const)(
    '%s after it was queued: nothing leaves',
    async (source) => {
      const queued = await queue('plain');
      const { customerId } = queued;
      await unsubscribe(running.engine, { customerId, channel: 'email', purpose: 'marketing' }, source);
      await sendDue(running.engine);
      expect(await outcome(queued.decisionId)).toMatchObject({
        mail: null,
        state: 'skipped',
        detail: expect.stringContaining(`denied (${source}`),
      });
    },
  );

  test('erased after it was queued: nothing leaves', async () => {
    const queued = await queue('plain');
    await running.store.customers.deleteOne({ _id: queued.customerId });
    await sendDue(running.engine);
    expect(await outcome(queued.decisionId)).toMatchObject({
      mail: null,
      state: 'skipped',
      detail: 'not sent: the customer is gone',
    });
  });
});
