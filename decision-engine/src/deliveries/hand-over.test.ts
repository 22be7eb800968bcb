import { type Channel, createEmailChannel } from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { decideFor } from '../engine/decide-for.js';
import { dyingEngine } from '../journeys/testing/dying-engine.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { type Mailbox, startMailbox } from '../testing/mailbox.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { readOutbox } from './read-outbox.js';
import { requestMessage } from './request-delivery.js';
import { retryDelivery } from './retry-delivery.js';
import { sendDue } from './send-due.js';

const LEASE = 61_000;
const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'mail', channel: 'email', title: 'Mail it', subject: 'Hello', body: 'Words' },
];

let mailbox: Mailbox;
let running: TestEngine;
/** What happens to a message between the note and the mail server. */
let onTheWay: () => void = () => undefined;
let people = 0;

beforeAll(async () => {
  mailbox = await startMailbox();
  const smtp = createEmailChannel({ smtpUrl: mailbox.url, from: 'Shop <shop@example.com>' });
  const email: Channel = {
    ...smtp,
    send: (message) => {
      onTheWay();
      return smtp.send(message);
    },
  };
  running = await startTestEngine({ actions: [actionOf('a', { treatments })] }, { email });
  // The first mail of all makes the key that links are signed with.
  await queued();
  await sendDue(running.engine);
}, 30_000);
afterAll(async () => {
  await running.close();
  await mailbox.close();
});
beforeEach(() => {
  onTheWay = () => undefined;
});

async function queued(): Promise<{ readonly to: string; readonly deliveryId: string }> {
  people += 1;
  const userId = `hand-over-${people}`;
  const to = `${userId}@example.com`;
  await running.customer(userId, { email: to, consent: { email: true } });
  const request = { customer: { userId }, channel: 'agent', slots: 1, context: {} };
  const decisionId = (await decideFor(running.engine, request, 'test'))?.decisionId ?? '';
  await requestMessage(running.engine, { decisionId, actionId: 'a', channel: 'email' });
  return { to, deliveryId: `${decisionId}:a:email` };
}
/** The engine sends and is killed after so many writes; the next one comes when its lease is over. */
async function killedAfter(writes: number): Promise<boolean> {
  const dying = dyingEngine(running.engine, writes);
  await sendDue(dying.engine).catch(() => null);
  running.pass(LEASE);
  return dying.died();
}
async function stored(deliveryId: string): Promise<StoredDelivery | undefined> {
  const decision = await running.store.decisions
    .findById(deliveryId.split(':')[0])
    .lean<DecisionDocument | null>();
  return decision?.deliveries.find((each) => each.deliveryId === deliveryId);
}
const arrived = (to: string): number => mailbox.mails.filter((mail) => mail.to === to).length;
const inDoubt = async (): Promise<number> =>
  (await readOutbox(running.engine, { cursor: null, limit: 1 })).inDoubt;

/** Writes that get through when the engine dies after the mail server's answer, before it is stored. */
async function writesUpToTheAnswer(): Promise<number> {
  for (let writes = 0; ; writes += 1) {
    const { to } = await queued();
    await killedAfter(writes);
    const came = arrived(to) > 0;
    await sendDue(running.engine);
    if (came) return writes;
  }
}

describe('a mail server knows no repeats', () => {
  test('killed at any write, a mail comes once; only where its answer was lost it comes once more, and is counted', async () => {
    const counted = await inDoubt();
    const outcomes: string[] = [];
    for (let writes = 0; ; writes += 1) {
      const { to, deliveryId } = await queued();
      const died = await killedAfter(writes);
      await sendDue(running.engine);
      const after = await stored(deliveryId);
      outcomes.push(`${after?.state}: ${arrived(to)} came, ${after?.unanswered ?? 0} unanswered`);
      if (!died) break;
    }
    const once = 'sent: 1 came, 0 unanswered';
    const twice = 'sent: 2 came, 1 unanswered';
    expect(outcomes.length).toBeGreaterThan(4);
    expect(outcomes.filter((outcome) => outcome !== once)).toEqual([twice]);
    expect((await inDoubt()) - counted).toBe(1);
  });

  test('killed between the note and the mail server: nothing is lost, and it is told that it may have come twice', async () => {
    const writes = await writesUpToTheAnswer();
    const { to, deliveryId } = await queued();
    onTheWay = () => {
      throw new Error('the process is dead');
    };
    await killedAfter(writes);
    expect(arrived(to)).toBe(0);
    onTheWay = () => undefined;
    await sendDue(running.engine);
    expect(arrived(to)).toBe(1);
    const { items } = await readOutbox(running.engine, { cursor: null, limit: 1 });
    expect(items).toMatchObject([
      { deliveryId, state: 'sent', unanswered: 1, detail: expect.stringContaining('may have arrived twice') },
    ]);
  });

  test('killed twice in the middle of one mail: no third by itself, one more by hand', async () => {
    const writes = await writesUpToTheAnswer();
    const { to, deliveryId } = await queued();
    await killedAfter(writes);
    await killedAfter(writes);
    expect(arrived(to)).toBe(2);
    for (const _ of [1, 2, 3]) {
      await sendDue(running.engine);
      running.pass(LEASE);
    }
    expect(arrived(to)).toBe(2);
    expect(await stored(deliveryId)).toMatchObject({
      state: 'failed',
      unanswered: 2,
      detail: expect.stringContaining('handed over twice and no answer is known'),
    });
    await retryDelivery(running.engine, deliveryId);
    await sendDue(running.engine);
    expect(arrived(to)).toBe(3);
    expect(await stored(deliveryId)).toMatchObject({ state: 'sent', unanswered: 1 });
  });

  test('a worker that was so slow that another took its message does not send it', async () => {
    const { to } = await queued();
    const other = running.another();
    const { engine } = running;
    let waited = false;
    const slow = {
      ...engine,
      channels: {
        ...engine.channels,
        get: (id: string) => {
          const channel = engine.channels.get(id);
          if (channel === null) return null;
          return {
            ...channel,
            compose: async (...given: Parameters<typeof channel.compose>) => {
              if (!waited) {
                waited = true;
                running.pass(LEASE);
                await sendDue(other);
              }
              return channel.compose(...given);
            },
          };
        },
      },
    };
    await sendDue(slow);
    expect(waited).toBe(true);
    expect(arrived(to)).toBe(1);
  });
});
