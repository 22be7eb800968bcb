import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findCustomer } from '../../customers/find-customer.js';
import { runDue } from '../runtime/run-due.js';
import { type JourneyStage, startStage } from '../testing/journey-stage.js';
import { completeTask, listTasks } from './agent-tasks.js';
import { dryRun } from './dry-run.js';
import { checkJourney, setJourneyState } from './publish-journey.js';
import { replayEntries } from './replay-entries.js';
import { listJourneys, viewJourney } from './view-journeys.js';
import { listRuns, retryFailed, retryRun, stopRun, viewRun } from './view-runs.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CATALOGUE = {
  actions: [
    {
      actionId: 'reminder',
      name: 'Remind',
      issue: 'sales',
      group: 'basket',
      class: 'promotional' as const,
      value: { type: 'fixed' as const, amount: 10 },
      treatments: [
        {
          treatmentId: 'reminder-email',
          channel: 'email',
          title: 'Basket',
          subject: 'Basket {{ context.cart_id }}',
          body: 'Hello',
        },
      ],
    },
  ],
  policies: {
    contact: { limits: [{ name: 'one a day', max: 1, window: '1d' }] },
  },
};

const BASKET = {
  journeyId: 'basket',
  name: 'Basket',
  entry: { type: 'event', event: 'Product Added', key: ['context.cart_id'] },
  exits: [{ name: 'bought', event: 'Order Completed', goal: true }],
  steps: [
    { id: 'pause', type: 'wait', for: '1h' },
    { id: 'remind', type: 'send', action: 'reminder' },
    { id: 'again', type: 'wait', for: '2h' },
    { id: 'twice', type: 'send', action: 'reminder' },
    { id: 'call', type: 'notifyAgent', title: 'Call' },
  ],
};

let stage: JourneyStage;
let user: string;
let users = 0;
beforeAll(async () => {
  stage = await startStage(CATALOGUE);
  await stage.publish(BASKET);
});
afterAll(() => stage.close());
beforeEach(async () => {
  users += 1;
  user = `user-${users}`;
  await stage.store.journeyRuns.deleteMany({});
});

const compiled = () => {
  const checked = checkJourney(stage.engine, BASKET);
  if (!checked.ok) throw new Error(checked.problems.join('\n'));
  return checked.journey;
};

test('a dry run tells what would be sent when, and changes nothing', async () => {
  await stage.subscriber(user);
  const document = await findCustomer(stage.store, { userId: user });
  if (document === null) throw new Error('Expected a customer');
  const decisions = await stage.store.decisions.countDocuments();
  const played = await dryRun(stage.engine, compiled(), { document, properties: { cart_id: 'c-1' } });
  expect(played).toMatchObject({ fitsEntry: true, outcome: 'completed' });
  // The limit of one a day drops the second.
  expect(played.messages.map(({ subject, at }) => [subject, at.getTime() - stage.now().getTime()])).toEqual([
    ['Basket c-1', HOUR],
  ]);
  expect(played.trail.map(({ stepId }) => stepId)).toEqual([
    'pause',
    'pause',
    'remind',
    'again',
    'again',
    'twice',
    'call',
    'end',
  ]);
  const bought = await dryRun(stage.engine, compiled(), {
    document,
    properties: { cart_id: 'c-1' },
    events: [{ name: 'Order Completed', afterMs: HOUR / 2, properties: {} }],
  });
  expect(bought).toMatchObject({ outcome: 'goal', messages: [] });
  expect(await stage.runs()).toEqual([]);
  expect(await stage.store.decisions.countDocuments()).toBe(decisions);
});

test('the list counts runs by step and outcome, and who was not let in', async () => {
  await stage.subscriber(user);
  await stage.track(user, 'Product Added', { cart_id: 'c-1' });
  await stage.track(user, 'Product Added', { cart_id: 'c-2' });
  await stage.settle();
  expect(await listJourneys(stage.engine)).toMatchObject([
    {
      journeyId: 'basket',
      state: 'on',
      counts: { active: 1, steps: { pause: 1 } },
      refused: { 'at once': 1 },
    },
  ]);
  const view = await viewJourney(stage.engine, 'basket');
  expect(view?.diagram.edges).toContainEqual({
    way: 'remind>none',
    from: 'remind',
    to: 'again',
    label: 'not sent',
    runs: 0,
  });
  expect(await viewJourney(stage.engine, 'nothing')).toBeNull();
});

test('a run can be looked at and stopped', async () => {
  const customerId = await stage.subscriber(user);
  await stage.track(user, 'Product Added', { cart_id: 'c-1' });
  await stage.settle();
  const [run] = await listRuns(stage.engine, { customerId, limit: 10 });
  const stopped = await stopRun(stage.work, run?._id ?? '', 'Ada');
  expect(stopped).toMatchObject({ status: 'ended', outcome: 'stopped', dueAt: null });
  await stage.passTime(DAY);
  expect(stage.mailsTo(user)).toHaveLength(0);
});

test('a task is done once', async () => {
  const customerId = await stage.subscriber(user);
  await stage.track(user, 'Product Added', { cart_id: 'c-1' });
  await stage.passTime(DAY);
  const [task] = await listTasks(stage.engine, { customerId, limit: 10 });
  expect(task).toMatchObject({ title: 'Call' });
  expect(await completeTask(stage.engine, task?._id ?? '', 'agt_ada')).toBe(true);
  expect(await completeTask(stage.engine, task?._id ?? '', 'agt_ada')).toBe(false);
});

test('a dead letter is shown with its reason and can be tried again', async () => {
  const customerId = await stage.subscriber(user);
  await stage.track(user, 'Product Added', { cart_id: 'c-1' });
  await stage.settle();
  const broken = {
    ...stage.work.engine,
    write: () => {
      throw new Error('no line');
    },
  };
  const work = { ...stage.work, engine: broken };
  stage.pass(HOUR);
  for (const wait of [0, 5_000, 60_000, 600_000, HOUR]) {
    stage.pass(wait);
    await runDue(work);
  }
  const failed = await listRuns(stage.engine, { status: 'failed', limit: 10 });
  expect(failed).toMatchObject([{ customerId, outcome: 'no line', stepId: 'remind' }]);
  // Tried again while the line is still down, it is a dead letter again.
  expect(await retryRun(work, failed[0]?._id ?? '')).toMatchObject({ status: 'active' });
  for (const wait of [5_000, 60_000, 600_000, HOUR]) {
    stage.pass(wait);
    await runDue(work);
  }
  expect(await retryFailed(stage.work, 'basket')).toBe(1);
  await stage.settle();
  expect(stage.mailsTo(user)).toHaveLength(1);
  expect(await viewRun(stage.engine, failed[0]?._id ?? '')).toMatchObject({
    status: 'active',
    stepId: 'again',
  });
});

test('while it is stopped nothing moves; afterwards it goes on', async () => {
  await stage.subscriber(user);
  await stage.track(user, 'Product Added', { cart_id: 'c-1' });
  await stage.settle();
  await setJourneyState(stage.engine, 'basket', 'stopped');
  await stage.passTime(2 * HOUR);
  expect(stage.mailsTo(user)).toHaveLength(0);
  await setJourneyState(stage.engine, 'basket', 'on');
  await stage.settle();
  expect(stage.mailsTo(user)).toHaveLength(1);
});

test('the past is replayed with the profiles as they were then', async () => {
  const from = stage.now();
  await stage.subscriber(user);
  const add = (cartId: string) => stage.track(user, 'Product Added', { cart_id: cartId });
  await add('c-1');
  await add('c-1');
  stage.pass(DAY);
  await add('c-2');
  await stage.track(user, 'Product Added', {});
  const to = new Date(stage.now().getTime() + 1);
  const replay = await replayEntries(stage.engine, compiled(), { from, to });
  expect(replay).toMatchObject({ entries: 2, customers: 1, refused: { 'the event has no entry key': 1 } });
  const checked = checkJourney(stage.engine, {
    ...BASKET,
    entry: {
      type: 'event',
      event: 'Product Added',
      when: { count: 'events', event: 'Product Added', within: '2d', op: 'gte', value: 3 },
    },
  });
  if (!checked.ok) throw new Error(checked.problems.join('\n'));
  expect(await replayEntries(stage.engine, checked.journey, { from, to })).toMatchObject({
    entries: 1,
    sample: [{ at: new Date(to.getTime() - 1) }],
  });
});
