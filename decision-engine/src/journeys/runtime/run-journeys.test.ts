import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActionInput } from '../../catalogue/action.js';
import { publishJourney } from '../manage/publish-journey.js';
import { type JourneyStage, startStage } from '../testing/journey-stage.js';
import { driveRuns } from './drive-runs.js';
import { runJourneysOnce } from './run-journeys.js';
import { takeJourneyEvents } from './take-journey-events.js';

const HOUR = 3_600_000;

function mailAction(actionId: string, changes: Partial<ActionInput> = {}): ActionInput {
  return {
    actionId,
    name: `Send ${actionId}`,
    issue: 'sales',
    group: 'basket',
    class: 'promotional',
    value: { type: 'fixed', amount: 10 },
    treatments: [
      {
        treatmentId: `${actionId}-email`,
        channel: 'email',
        title: actionId,
        subject: `About ${actionId}`,
        body: 'Hello {{ customer.firstName | default: "there" }}',
      },
    ],
    ...changes,
  };
}

const CATALOGUE = {
  actions: [
    mailAction('reminder'),
    mailAction('discount', { value: { type: 'fixed', amount: 50 } }),
    mailAction('receipt', {
      class: 'transactional',
      group: 'orders',
      treatments: [
        {
          treatmentId: 'receipt-email',
          channel: 'email',
          title: 'Receipt',
          subject: 'Order {{ context.order_id }}',
          body: 'Thank you for {{ context.products[0].name }}.',
        },
      ],
    }),
  ],
  policies: {
    exploration: { default: { strategy: 'greedy' as const } },
    contact: {
      quietHours: [{ name: 'at night', appliesTo: { groups: ['basket'] }, from: '21:00', to: '08:00' }],
    },
  },
};

const BASKET = {
  journeyId: 'basket',
  name: 'Basket',
  entry: { type: 'event' as const, event: 'Product Added', key: ['context.cart_id'] },
  exits: [{ name: 'bought', event: 'Order Completed', goal: true }],
  steps: [
    { id: 'pause', type: 'wait' as const, for: '1h' },
    { id: 'remind', type: 'send' as const, action: 'reminder' },
    { id: 'later', type: 'wait' as const, for: '1d' },
    { id: 'offer', type: 'decide' as const, actions: ['reminder', 'discount'], channels: ['email'] },
  ],
};

describe('a journey in the store', () => {
  let stage: JourneyStage;
  let user: string;
  let users = 0;
  beforeAll(async () => {
    stage = await startStage(CATALOGUE);
    await stage.publish(BASKET);
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    users += 1;
    user = `user-${users}`;
    stage.setNow(new Date('2026-11-22T12:00:00Z'));
  });
  const runsOf = async (customerId: string) =>
    (await stage.runs()).filter((run) => run.customerId === customerId);

  test('events start it, time moves it, messages leave through the mail server', async () => {
    await stage.subscriber(user, { firstName: 'Ada' });
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.passTime(HOUR - 1);
    expect(stage.mailsTo(user)).toHaveLength(0);
    await stage.passTime(1);
    expect(stage.mailsTo(user).map(({ subject }) => subject)).toEqual(['About reminder']);
    expect(stage.mailsTo(user)[0]?.body).toContain('Hello Ada');
    await stage.passTime(25 * HOUR);
    // The engine chose: the discount is worth more.
    expect(stage.mailsTo(user).map(({ subject }) => subject)).toEqual(['About reminder', 'About discount']);
  });

  test('one basket enters once, another one beside it not before the first is over', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.track(user, 'Product Added', { cart_id: 'c-2' });
    await stage.settle();
    expect(await runsOf(customerId)).toHaveLength(1);
  });

  test('what it was for comes about: no message', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.passTime(HOUR / 2);
    await stage.track(user, 'Order Completed', { order_id: 'o-1' });
    await stage.passTime(3 * 24 * HOUR);
    expect(stage.mailsTo(user)).toHaveLength(0);
    expect(await runsOf(customerId)).toMatchObject([{ status: 'ended', outcome: 'goal' }]);
  });

  test('the order that comes in the same batch as the due reminder comes first', async () => {
    await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    stage.pass(2 * HOUR);
    await stage.track(user, 'Order Completed', { order_id: 'o-1' });
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(0);
  });

  test('without consent nothing is sent and the record says why', async () => {
    const customerId = await stage.customer(user, { email: `${user}@example.com` });
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.passTime(48 * HOUR);
    expect(stage.mailsTo(user)).toHaveLength(0);
    const [run] = await runsOf(customerId);
    expect(run?.state.trail.map(({ note }) => note).join('\n')).toMatch(/not sent: .*consent/);
  });

  test('consent withdrawn between decision and sending: nothing leaves', async () => {
    await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    stage.pass(HOUR);
    await runJourneysOnce(stage.work);
    await stage.track(user, 'Unsubscribed');
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(0);
  });

  test('in quiet hours the message waits for the morning of the customer', async () => {
    await stage.subscriber(user, { timezone: 'America/New_York' });
    stage.setNow(new Date('2026-11-23T03:00:00Z'));
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.passTime(HOUR);
    expect(stage.mailsTo(user)).toHaveLength(0);
    await stage.passTime(9 * HOUR);
    expect(stage.mailsTo(user)).toHaveLength(1);
    // 08:00 in New York.
    expect(stage.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-23T13:00:00Z'));
  });

  test('two processes at once send nothing twice', async () => {
    await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    const other = { ...stage.work, engine: stage.another() };
    await Promise.all([takeJourneyEvents(stage.work), takeJourneyEvents(other)]);
    stage.pass(HOUR);
    await Promise.all([runJourneysOnce(stage.work), runJourneysOnce(other), runJourneysOnce(stage.work)]);
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(1);
  });

  test('a process that dies after sending and before saving sends nothing again', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    stage.pass(HOUR);
    const [waiting] = await runsOf(customerId);
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(1);
    // As if the process had died: the run is what it was before, the message is out.
    if (waiting === undefined) throw new Error('Expected a run');
    const { _id, ...fields } = waiting;
    await stage.store.journeyRuns.updateOne({ _id }, { $set: fields });
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(1);
    expect(await runsOf(customerId)).toMatchObject([{ stepId: 'later' }]);
  });

  test('an erased customer gets nothing any more', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    await stage.store.customers.deleteOne({ _id: customerId });
    await stage.passTime(2 * HOUR);
    expect(stage.mailsTo(user)).toHaveLength(0);
    expect(await runsOf(customerId)).toMatchObject([{ status: 'ended', outcome: 'customer gone' }]);
  });

  test('after a long stop the customer is not reminded of last week', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    stage.pass(7 * 24 * HOUR);
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(0);
    expect(await runsOf(customerId)).toMatchObject([{ outcome: 'too late' }]);
  });

  test('anonymous and known turn out to be one: the run goes on for the one who stays', async () => {
    await stage.send({
      type: 'track',
      anonymousId: `anon-${user}`,
      name: 'Product Added',
      properties: { cart_id: 'c-9' },
    });
    await stage.settle();
    await stage.subscriber(user);
    await stage.send({ type: 'identify', userId: user, anonymousId: `anon-${user}` });
    await stage.passTime(2 * HOUR);
    expect(stage.mailsTo(user)).toHaveLength(1);
  });

  test('texts know what the event told; one that asks for more is not sent', async () => {
    await stage.publish({
      journeyId: 'receipts',
      name: 'Receipts',
      class: 'transactional',
      entry: { type: 'event', event: 'Order Completed', key: ['context.order_id'] },
      steps: [{ id: 'receipt', type: 'send', action: 'receipt' }],
    });
    const customerId = await stage.customer(user, { email: `${user}@example.com` });
    await stage.send({
      type: 'track',
      userId: user,
      name: 'Order Completed',
      properties: { order_id: 'o-77', products: [{ name: 'Blue mug' }] },
    });
    await stage.settle();
    expect(stage.mailsTo(user)).toMatchObject([{ subject: 'Order o-77' }]);
    expect(stage.mailsTo(user)[0]?.body).toContain('Blue mug');
    await stage.track(user, 'Order Completed', { order_id: 'o-78' });
    await stage.settle();
    expect(stage.mailsTo(user)).toHaveLength(1);
    const notes = (await runsOf(customerId)).flatMap(({ state }) => state.trail.map(({ note }) => note));
    expect(notes).toContainEqual(expect.stringContaining("isn't known"));
  });

  test('a new version: runs in flight finish on theirs, or move', async () => {
    const customerId = await stage.subscriber(user);
    const version = (onNewVersion: 'finish' | 'move', wait: string) => ({
      journeyId: `versions-${onNewVersion}`,
      name: 'Versions',
      onNewVersion,
      entry: { type: 'event' as const, event: 'Versioned' },
      steps: [
        { id: 'pause', type: 'wait' as const, for: wait },
        { id: 'remind', type: 'send' as const, action: 'reminder' },
      ],
    });
    for (const way of ['finish', 'move'] as const) await stage.publish(version(way, '10h'));
    await stage.track(user, 'Versioned');
    await stage.settle();
    for (const way of ['finish', 'move'] as const) await stage.publish(version(way, '2h'));
    await stage.settle();
    const dueIn = async () =>
      Object.fromEntries(
        (await runsOf(customerId)).map((run) => [
          run.journeyId,
          [run.version, ((run.dueAt?.getTime() ?? 0) - stage.now().getTime()) / HOUR],
        ]),
      );
    expect(await dueIn()).toEqual({ 'versions-finish': [1, 10], 'versions-move': [2, 2] });
  });

  test('the same definition again is no new version; a broken one is refused whole', async () => {
    const published = await publishJourney(stage.engine, { definition: BASKET, author: 'test' });
    expect(published).toMatchObject({ kind: 'unchanged', version: 1 });
    const broken = { ...BASKET, steps: [{ id: 'a', type: 'send', action: 'nothing' }] };
    expect(await publishJourney(stage.engine, { definition: broken, author: 'test' })).toMatchObject({
      kind: 'invalid',
    });
  });

  test('an event that a run knows already is not told it again', async () => {
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Product Added', { cart_id: 'c-1' });
    await stage.settle();
    const [run] = await runsOf(customerId);
    if (run === undefined) throw new Error('Expected a run');
    const event = {
      messageId: run.messageId ?? '',
      name: 'Order Completed',
      at: stage.now().getTime(),
      properties: {},
    };
    await driveRuns(stage.work, [{ run, input: { type: 'event', event } }]);
    expect(await runsOf(customerId)).toEqual([run]);
  });
});
