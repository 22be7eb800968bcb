import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseCatalogue } from '../../catalogue/catalogue.js';
import { DEMO_ACTIONS } from '../../demo-shop/index.js';
import { recordSurveyAnswer } from '../../emails/survey-answer.js';
import { readMail } from '../../testing/mailbox.js';
import { setJourneyState } from '../manage/publish-journey.js';
import { type JourneyStage, startStage } from '../testing/journey-stage.js';
import { type Playbook, parsePlaybook, readPlaybooks } from './read-playbooks.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the playbooks that come with Segue', () => {
  let playbooks: readonly Playbook[];
  let stage: JourneyStage;
  let user: string;
  let users = 0;
  beforeAll(async () => {
    playbooks = await readPlaybooks();
    stage = await startStage({
      actions: playbooks.flatMap(({ actions }) => actions),
      // Without chance, so that it can be said which offer is best.
      policies: { exploration: { default: { strategy: 'greedy' } } },
    });
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    users += 1;
    user = `user-${users}`;
    // A Sunday, noon in London.
    stage.setNow(new Date('2026-11-22T12:00:00Z'));
  });
  afterEach(async () => {
    for (const { source } of stage.mails) {
      const mail = await readMail(source);
      expect(mail.headers.get('list')).toMatchObject({
        unsubscribe: { url: expect.stringMatching(/^https:\/\/shop\.example\/c\/unsubscribe\//) },
        'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
      });
      expect(mail.text).toMatch(/\S[\s\S]*\n-- \nThe Shop, 1 High Street, London\nUnsubscribe: https:/);
      expect(mail.html).toContain('>Unsubscribe</a>');
    }
    for (const { journeyId } of stage.engine.journeys.inForce())
      await setJourneyState(stage.engine, journeyId, 'stopped');
    await stage.store.journeyRuns.deleteMany({});
  });

  const play = async (playbookId: string): Promise<void> => {
    const playbook = playbooks.find((each) => each.playbookId === playbookId);
    if (playbook === undefined) throw new Error(`There is no playbook "${playbookId}"`);
    await stage.publish(playbook.journey);
    await setJourneyState(stage.engine, playbookId, 'on');
  };
  const subjects = () => stage.mailsTo(user).map(({ subject }) => subject);
  const runOf = async (customerId: string) =>
    (await stage.runs()).filter((run) => run.customerId === customerId);
  const tasksOf = (customerId: string) => stage.store.journeyTasks.find({ customerId }).lean();
  const order = (orderId: string, total: number) =>
    stage.track(user, 'Order Completed', { order_id: orderId, total, revenue: total });

  /** Answers as the page behind the link in the mail does. */
  const answer = async (survey: 'csat' | 'nps', score: number): Promise<void> => {
    const mail = await readMail(stage.mailsTo(user).at(-1)?.source ?? '');
    const links = [...(mail.text ?? '').matchAll(/^(\d+): \S+\/c\/survey\/(\S+)\?score=\1$/gm)];
    expect(links.map((link) => Number(link[1]))).toContain(score);
    const link = await stage.engine.links.read('survey', links[0]?.[2] ?? '');
    expect(link?.survey).toBe(survey);
    await recordSurveyAnswer(stage.engine, {
      deliveryId: link?.deliveryId ?? '',
      survey,
      score,
      comment: '',
    });
  };

  test('there are 18, each in a file of its own name', () => {
    expect(playbooks).toHaveLength(18);
    expect(new Set(playbooks.map(({ playbookId }) => playbookId)).size).toBe(18);
  });

  test('their actions fit beside those of the demo shop', () => {
    const demo = new Set(DEMO_ACTIONS.map(({ actionId }) => actionId));
    const added = playbooks.flatMap(({ actions }) => actions).filter(({ actionId }) => !demo.has(actionId));
    expect(parseCatalogue([...DEMO_ACTIONS, ...added])).toMatchObject({ ok: true });
  });

  test('a broken file is refused with its name', () => {
    expect(parsePlaybook({ name: 'x.yaml', text: 'about: x' })).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('x.yaml: Expected "journey"')],
    });
  });

  test('welcome series: three messages over a week, none after the first order', async () => {
    await play('welcome-series');
    await stage.subscriber(user, { firstName: 'Ada' });
    await stage.passTime(8 * DAY);
    expect(subjects()).toEqual([
      'Good to have you here',
      'Sizes, delivery, returns in one minute',
      expect.stringMatching(/first delivery|come back for/),
    ]);
    user = `${user}-buyer`;
    const buyer = await stage.subscriber(user);
    await stage.passTime(DAY);
    await order('o-1', 40);
    await stage.passTime(8 * DAY);
    expect(subjects()).toEqual(['Good to have you here']);
    expect(await runOf(buyer)).toMatchObject([{ outcome: 'goal' }]);
  });

  test('abandoned basket: a reminder an hour after the last move, then the best offer; nothing after the order', async () => {
    await play('abandoned-basket');
    await stage.subscriber(user);
    const add = () =>
      stage.track(user, 'Product Added', { cart_id: 'c-1', product_id: 'p-1', price: 30, quantity: 1 });
    await add();
    await stage.passTime(40 * 60_000);
    await add();
    await stage.passTime(40 * 60_000);
    expect(subjects()).toEqual([]);
    await stage.passTime(30 * 60_000);
    expect(subjects()).toEqual(['You left something in your basket']);
    await stage.passTime(2 * DAY);
    // 0.22 x (12 - 3.5) beats 0.28 x (12 - 6) and 0.16 x 8.
    expect(subjects()).toEqual(['You left something in your basket', 'Free delivery on your basket']);

    user = `${user}-buyer`;
    const buyer = await stage.subscriber(user);
    await add();
    await stage.passTime(HOUR / 2);
    await order('o-2', 30);
    await stage.passTime(3 * DAY);
    expect(subjects()).toEqual([]);
    expect(await runOf(buyer)).toMatchObject([{ outcome: 'goal' }]);
  });

  test('browse retargeting: after the third look, once in two weeks', async () => {
    await play('browse-retargeting');
    await stage.subscriber(user);
    const look = (name: string) => stage.track(user, 'Product Viewed', { product_id: name, name, price: 20 });
    await look('Lamp');
    await look('Chair');
    await stage.passTime(DAY / 2);
    expect(subjects()).toEqual([]);
    await look('Blue sofa');
    await stage.passTime(DAY);
    expect(subjects()).toEqual(['Still thinking about Blue sofa?']);
    for (const name of ['A', 'B', 'C']) await look(name);
    await stage.passTime(2 * DAY);
    expect(subjects()).toHaveLength(1);
  });

  test('checkout relief: help by mail, by a person for large orders, none for those who paid', async () => {
    await play('checkout-relief');
    await stage.subscriber(user);
    await stage.track(user, 'Checkout Started', { order_id: 'o-1', value: 40 });
    await stage.passTime(HOUR);
    expect(subjects()).toEqual(['Did something go wrong at the checkout?']);

    user = `${user}-large`;
    const large = await stage.subscriber(user);
    await stage.track(user, 'Checkout Started', { order_id: 'o-2', value: 400 });
    await stage.passTime(HOUR);
    expect(subjects()).toEqual([]);
    expect(await tasksOf(large)).toMatchObject([
      { title: 'Help with a checkout that broke off', state: 'open' },
    ]);

    user = `${user}-paid`;
    await stage.subscriber(user);
    await stage.track(user, 'Checkout Started', { order_id: 'o-3', value: 40 });
    await order('o-3', 40);
    await stage.passTime(DAY);
    expect(subjects()).toEqual([]);
  });

  test('post-purchase care: care, then what goes with it; not when it was sent back', async () => {
    await play('post-purchase-care');
    await stage.subscriber(user);
    await stage.track(user, 'Order Delivered', { order_id: 'o-1', days_late: 0 });
    await stage.passTime(12 * DAY);
    expect(subjects()).toEqual(['Getting the best out of your order', 'What others took with it']);

    user = `${user}-back`;
    await stage.subscriber(user);
    await stage.track(user, 'Order Delivered', { order_id: 'o-2', days_late: 0 });
    await stage.passTime(4 * DAY);
    await stage.track(user, 'Order Refunded', { order_id: 'o-2' });
    await stage.passTime(10 * DAY);
    expect(subjects()).toEqual(['Getting the best out of your order']);
  });

  test('replenishment: when the next order is due by their own rhythm', async () => {
    await play('replenishment');
    await stage.subscriber(user);
    for (const id of ['a', 'b', 'c', 'd']) {
      await order(id, 30);
      stage.pass(30 * DAY);
    }
    stage.pass(-30 * DAY);
    await stage.passTime(10 * DAY);
    expect(subjects()).toEqual([]);
    await stage.passTime(20 * DAY);
    expect(subjects()).toEqual(['Running low?']);
  });

  test('win-back: a plain word where no model sees a risk; the order ends it', async () => {
    await play('win-back');
    const customerId = await stage.subscriber(user);
    await order('o-1', 30);
    await stage.passTime(70 * DAY);
    expect(subjects()).toEqual(['It has been a while']);
    await order('o-2', 30);
    await stage.passTime(DAY);
    expect(await runOf(customerId)).toMatchObject([{ outcome: 'goal' }]);
  });

  test('loyalty tiers: silver, later gold, each told once, the trait set', async () => {
    await play('loyalty-tiers');
    const customerId = await stage.subscriber(user);
    await order('o-1', 250);
    await stage.passTime(3 * DAY);
    expect(subjects()).toEqual(['You are silver now']);
    await order('o-2', 300);
    await stage.passTime(5 * DAY);
    expect(subjects()).toEqual([
      'You are silver now',
      'You are gold now',
      'New today, for gold two days early',
    ]);
    const customer = await stage.store.customers.findById(customerId).lean();
    expect(customer?.traits['tier']).toBe('gold');
  });

  test('recommendations digest: on Thursdays, to those who looked', async () => {
    await play('recommendations-digest');
    await stage.subscriber(user);
    await stage.track(user, 'Product Viewed', { product_id: 'p', name: 'Lamp', price: 20 });
    await stage.passTime(3 * DAY);
    expect(subjects()).toEqual([]);
    await stage.passTime(2 * DAY);
    expect(subjects()).toHaveLength(1);
    await stage.passTime(7 * DAY);
    expect(subjects()).toHaveLength(2);
  });

  test('outage support: told, updated, closed; who had not to ask is counted', async () => {
    await play('outage-support');
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Service Disrupted', { incident_id: 'i-1', service: 'Internet' });
    await stage.settle();
    await stage.track(user, 'Service Update', { incident_id: 'i-1', message: 'Back by six.' });
    await stage.track(user, 'Service Update', { incident_id: 'i-2', message: 'Another one.' });
    await stage.passTime(HOUR);
    await stage.track(user, 'Service Restored', { incident_id: 'i-1' });
    await stage.passTime(2 * DAY);
    expect(subjects()).toEqual([
      'Internet is not working; we are on it',
      'How it stands with Internet',
      'Internet works again',
    ]);
    expect((await runOf(customerId))[0]?.state.goals).toMatchObject([{ goal: 'did not have to ask' }]);
  });

  test('order air traffic control: each change once, two orders side by side, without marketing consent', async () => {
    await play('order-updates');
    const customerId = await stage.customer(user, { email: `${user}@example.com` });
    await order('o-1', 30);
    await order('o-2', 30);
    await stage.settle();
    await stage.track(user, 'Order Shipped', { order_id: 'o-1', estimated_delivery: '2026-11-25T10:00:00Z' });
    await stage.passTime(DAY);
    await stage.track(user, 'Delivery Delayed', {
      order_id: 'o-1',
      estimated_delivery: '2026-11-28T10:00:00Z',
    });
    await stage.passTime(DAY);
    await stage.track(user, 'Delivery Delayed', {
      order_id: 'o-1',
      estimated_delivery: '2026-11-30T10:00:00Z',
    });
    await stage.passTime(DAY);
    await stage.track(user, 'Order Delivered', { order_id: 'o-1', days_late: 2 });
    await stage.passTime(DAY);
    expect(subjects().filter((subject) => subject.includes('o-1'))).toEqual([
      'We have your order o-1',
      'Your order o-1 is on its way',
      'Your order o-1 will be late',
      'Your order o-1 will be late',
      'Your order o-1 was delivered',
    ]);
    expect(stage.mailsTo(user)[2]?.body).toContain('25 November');
    await stage.passTime(22 * DAY);
    expect(subjects().filter((subject) => subject.includes('o-2'))).toEqual(['We have your order o-2']);
    expect(await tasksOf(customerId)).toMatchObject([{ title: 'Find out where the parcel is' }]);
  });

  test('car order: each milestone told, a person calls when the day moves', async () => {
    await play('car-order-milestones');
    const customerId = await stage.customer(user, { email: `${user}@example.com` });
    const car = { vehicle_order_id: 'v-1', model: 'Wagon' };
    await stage.track(user, 'Vehicle Ordered', car);
    await stage.passTime(20 * DAY);
    await stage.track(user, 'Vehicle Milestone Reached', { ...car, milestone: 'in production' });
    await stage.passTime(20 * DAY);
    await stage.track(user, 'Vehicle Handover Moved', { ...car, handover: '2027-02-01T10:00:00Z' });
    await stage.passTime(20 * DAY);
    await stage.track(user, 'Vehicle Handed Over', car);
    await stage.settle();
    expect(subjects()).toEqual([
      'Your Wagon is ordered',
      'Your Wagon: in production',
      'The handover of your Wagon moves',
    ]);
    expect(await tasksOf(customerId)).toHaveLength(1);
    expect(await runOf(customerId)).toMatchObject([{ outcome: 'completed' }]);
  });

  test('pre-arrival: three days before, at ten by the guest’s clock at UTC+14, and on the day', async () => {
    await play('pre-arrival');
    await stage.customer(user, { email: `${user}@example.com`, timezone: 'Pacific/Kiritimati' });
    await stage.track(user, 'Booking Confirmed', { booking_id: 'b-1', arrival: '2026-12-01T02:00:00Z' });
    await stage.passTime(Date.parse('2026-11-28T19:59:59Z') - stage.now().getTime());
    expect(subjects()).toEqual([]);
    await stage.passTime(1_000);
    expect(subjects()).toEqual(['Your stay from 01 December']);
    await stage.passTime(3 * DAY);
    expect(subjects()).toEqual(['Your stay from 01 December', 'See you today']);
  });

  test('loan offer: adults who read about it twice and agreed; a click brings a person', async () => {
    await play('loan-offer');
    const read = () => stage.track(user, 'Article Read', { topic: 'financing' });
    const customerId = await stage.subscriber(user, { age: 34 });
    await read();
    await stage.passTime(DAY);
    expect(subjects()).toEqual([]);
    await read();
    await stage.passTime(DAY);
    expect(subjects()).toEqual(['Questions about financing?']);
    await stage.track(user, 'Email Link Clicked', { email_id: 'x' });
    await stage.settle();
    expect(await tasksOf(customerId)).toMatchObject([{ title: 'Offer a talk about financing' }]);
    user = `${user}-young`;
    await stage.subscriber(user, { age: 16 });
    await read();
    await read();
    await stage.passTime(DAY);
    expect(subjects()).toEqual([]);
  });

  test('proactive chat: a person is asked within minutes of the second try', async () => {
    await play('proactive-chat');
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Checkout Started', { order_id: 'o-1', value: 40 });
    await stage.passTime(20 * 60_000);
    expect(await tasksOf(customerId)).toEqual([]);
    await stage.track(user, 'Checkout Started', { order_id: 'o-2', value: 40 });
    await stage.passTime(60_000);
    expect(await tasksOf(customerId)).toMatchObject([{ title: 'Offer a chat now' }]);
  });

  test('review request: a week after a good delivery; not after a late one', async () => {
    await play('review-request');
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Order Delivered', { order_id: 'o-1', days_late: 0 });
    await stage.passTime(9 * DAY);
    expect(subjects()).toEqual(['What do you think of it?']);
    await stage.track(user, 'Product Reviewed', { product_id: 'p-1', rating: 5 });
    await stage.settle();
    expect(await runOf(customerId)).toMatchObject([{ outcome: 'goal' }]);
    user = `${user}-late`;
    await stage.subscriber(user);
    await stage.track(user, 'Order Delivered', { order_id: 'o-2', days_late: 3 });
    await stage.passTime(9 * DAY);
    expect(subjects()).toEqual([]);
  });

  test('CSAT: the answer comes back as an event; a bad one becomes a task, a good one a goal', async () => {
    await play('csat-survey');
    const unhappy = await stage.customer(user, { email: `${user}@example.com` });
    await stage.track(user, 'Live Chat Conversation Ended', { conversation_id: 'k-1', resolved: true });
    await stage.passTime(HOUR);
    expect(subjects()).toEqual(['How did we do?']);
    await stage.track(user, 'Survey Answered', { survey: 'nps', score: 10 });
    await answer('csat', 1);
    await stage.settle();
    expect(await tasksOf(unhappy)).toMatchObject([{ title: 'Call back after a bad rating' }]);
    user = `${user}-happy`;
    const happy = await stage.customer(user, { email: `${user}@example.com` });
    await stage.track(user, 'Live Chat Conversation Ended', { conversation_id: 'k-2', resolved: true });
    await stage.passTime(HOUR);
    await answer('csat', 5);
    await stage.settle();
    expect((await runOf(happy))[0]?.state.goals).toMatchObject([{ goal: 'happy with support', value: 5 }]);
  });

  test('NPS: detractors are called, promoters asked to bring a friend, nobody twice in half a year', async () => {
    await play('nps-survey');
    const customerId = await stage.subscriber(user);
    await order('o-1', 30);
    await order('o-2', 30);
    await stage.passTime(16 * DAY);
    expect(subjects()).toEqual(['Would you recommend us?']);
    await answer('nps', 9);
    await stage.passTime(10 * DAY);
    expect(subjects()).toEqual(['Would you recommend us?', 'Thank you, and something to pass on']);
    expect(await runOf(customerId)).toHaveLength(1);
  });
});
