import { createEmailChannel } from '@segue/integrations';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { currentDecision } from '../engine/current-decision.js';
import type { Engine } from '../engine/engine.js';
import { takeEvents } from '../engine/take-events.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import { readOutbox } from './read-outbox.js';
import { requestMessage } from './request-delivery.js';
import { sendDue } from './send-due.js';

let count = 0;

async function customerWith(
  engine: Engine,
  consent: boolean | null,
): Promise<{ decisionId: string; userId: string }> {
  const userId = `mail-${count++}`;
  const at = new Date();
  await takeEvents(engine, [
    {
      messageId: `identify ${userId}`,
      type: 'identify',
      name: '',
      userId,
      timestamp: at,
      receivedAt: at,
      properties: {},
      traits: {
        email: `${userId}@example.com`,
        ...(consent === null ? {} : { consent: { email: consent } }),
      },
      context: {},
    },
  ]);
  const customer = await findCustomer(engine.store, { userId });
  const decision = await currentDecision(engine, customer?._id ?? '');
  expect(decision?.actions.map(({ actionId }) => actionId)).toContain('free-express');
  return { decisionId: decision?.decisionId ?? '', userId };
}

async function unsubscribe(engine: Engine, userId: string): Promise<void> {
  const at = new Date();
  const event = {
    messageId: `stop ${userId}`,
    type: 'track',
    name: 'Unsubscribed',
    userId,
    timestamp: at,
    receivedAt: at,
    properties: {},
    traits: {},
    context: {},
  } as const;
  await takeEvents(engine, [event]);
}

async function stateOf(engine: Engine, decisionId: string) {
  const { items } = await readOutbox(engine, { cursor: null, limit: 50 });
  return items.find((item) => item.decisionId === decisionId);
}

describe('without SMTP_URL', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct();
  }, 30_000);
  afterAll(() => product.close());

  test('a message lands in the outbox and says why it was not sent', async () => {
    const { engine } = product;
    const { decisionId } = await customerWith(engine, true);
    await requestMessage(engine, { decisionId, actionId: 'free-express' });
    await sendDue(engine);
    expect(await stateOf(engine, decisionId)).toMatchObject({
      state: 'skipped',
      detail: 'not sent: no SMTP_URL',
    });
  });

  test('asked twice there is one message', async () => {
    const { engine } = product;
    const { decisionId } = await customerWith(engine, true);
    const asked = { decisionId, actionId: 'free-express' };
    await Promise.all([requestMessage(engine, asked), requestMessage(engine, asked)]);
    const stored = await engine.store.decisions.findById(decisionId).lean();
    expect(stored?.deliveries).toHaveLength(1);
  });

  test.each([
    ['without consent', null],
    ['against a no', false],
  ])('%s nothing is put into the outbox', async (_, consent) => {
    const { decisionId } = await customerWith(product.engine, consent);
    const asked = requestMessage(product.engine, { decisionId, actionId: 'free-express' });
    await expect(asked).rejects.toMatchObject({ code: 'no_consent' });
  });
});

describe('over SMTP', () => {
  const received: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
  });
  let product: TestProduct;
  beforeAll(async () => {
    const port = await new Promise<number>((resolve) => {
      const server = smtp.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const email = createEmailChannel({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: 'Shop <shop@example.com>',
    });
    product = await startTestProduct({ email });
  }, 30_000);
  afterAll(async () => {
    await product.engine.channels.close();
    await product.close();
    await new Promise<void>((resolve) => {
      smtp.close(resolve);
    });
  });

  test('a message goes out once and counts as shown', async () => {
    const { engine } = product;
    const { decisionId, userId } = await customerWith(engine, true);
    await requestMessage(engine, { decisionId, actionId: 'free-express' });
    await Promise.all([sendDue(engine), sendDue(engine), sendDue(engine)]);
    const mine = received.filter((text) => text.includes(`${userId}@example.com`));
    expect(mine).toHaveLength(1);
    expect(mine[0]).toContain('Subject: Free express for you');
    const decision = await engine.store.decisions.findById(decisionId).lean();
    expect(decision?.deliveries[0]).toMatchObject({ state: 'sent', attempts: 1 });
    expect(decision?.outcomes.map(({ outcome, feedbackId }) => [outcome, feedbackId])).toContainEqual([
      'shown',
      `${decisionId}:free-express:email:shown`,
    ]);
  });

  test('consent withdrawn between decision and sending: nothing leaves', async () => {
    const { engine } = product;
    const { decisionId, userId } = await customerWith(engine, true);
    await requestMessage(engine, { decisionId, actionId: 'free-express' });
    await unsubscribe(engine, userId);
    await sendDue(engine);
    expect(received.some((text) => text.includes(`${userId}@example.com`))).toBe(false);
    expect(await stateOf(engine, decisionId)).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('marketing on email: denied (Unsubscribed'),
    });
  });
});
