import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JourneyStage, startStage } from '../testing/journey-stage.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CATALOGUE = {
  actions: [
    {
      actionId: 'wish',
      name: 'Wish',
      issue: 'care',
      group: 'care',
      class: 'transactional' as const,
      value: { type: 'fixed' as const, amount: 1 },
      treatments: [
        {
          treatmentId: 'wish-email',
          channel: 'email',
          title: 'Wish',
          subject: 'All the best',
          body: 'Hello',
        },
      ],
    },
  ],
};

let stage: JourneyStage;
beforeAll(async () => {
  stage = await startStage(CATALOGUE);
});
afterAll(() => stage.close());

async function stopAll(journeyId: string): Promise<void> {
  await stage.store.journeys.updateOne({ _id: journeyId }, { $set: { state: 'stopped' } });
  await stage.engine.journeys.reload();
}

test('a daily look goes off once a day, also when its hour is skipped and when it comes twice', async () => {
  stage.setNow(new Date('2026-03-27T12:00:00Z'));
  const customerId = await stage.subscriber('daily');
  await stage.publish({
    journeyId: 'daily',
    name: 'Daily',
    class: 'transactional',
    entry: { type: 'schedule', at: '01:30', timeZone: 'Europe/London' },
    reentry: { allow: 'always' },
    steps: [{ id: 'call', type: 'notifyAgent', title: 'Look' }],
  });
  const looks = async () => {
    const runs = await stage.store.journeyRuns.find({ customerId, journeyId: 'daily' }).lean();
    return runs.map(({ startedAt }) => startedAt.getTime());
  };
  await stage.passTime(3 * DAY);
  expect(await looks()).toHaveLength(3);
  await stopAll('daily');
  await stage.store.journeyRuns.deleteMany({});
  stage.setNow(new Date('2026-10-23T12:00:00Z'));
  await stage.store.journeys.updateOne(
    { _id: 'daily' },
    { $set: { state: 'on', scannedAt: stage.now(), scan: null } },
  );
  await stage.engine.journeys.reload();
  await stage.passTime(3 * DAY);
  expect(await looks()).toHaveLength(3);
  await stopAll('daily');
}, 30_000);

test.each([
  // 09:00 there is 19:00 of the day before in UTC.
  ['Pacific/Kiritimati', '2027-02-27T19:00:00.000Z'],
  // 09:00 there is 20:00 of the same day.
  ['Pacific/Pago_Pago', '2027-02-28T20:00:00.000Z'],
])(
  'born on 29 February, at home in %s: the wish comes on the morning of the 28th there',
  async (timeZone, expected) => {
    stage.setNow(new Date('2027-02-20T12:00:00Z'));
    const user = timeZone.replace(/\W/g, '').toLowerCase();
    await stage.subscriber(user, { birthday: '2004-02-29', timezone: timeZone, timeZone });
    await stage.publish({
      journeyId: `birthday-${user.slice(-4)}`,
      name: 'Birthday',
      class: 'transactional',
      entry: { type: 'event', event: `Asked ${user}` },
      steps: [
        { id: 'day', type: 'wait', until: { date: 'traits.birthday', yearly: true }, at: '09:00' },
        { id: 'wish', type: 'send', action: 'wish' },
      ],
    });
    await stage.track(user, `Asked ${user}`);
    await stage.settle();
    const [run] = await stage.store.journeyRuns.find({ status: 'active' }).lean();
    expect(run?.dueAt?.toISOString()).toBe(expected);
    await stage.passTime(9 * DAY);
    expect(stage.mailsTo(user)).toHaveLength(1);
  },
);

test('a machine whose clock steps back by a day sends nothing twice and loses nothing', async () => {
  stage.setNow(new Date('2026-11-22T12:00:00Z'));
  await stage.publish({
    journeyId: 'pause',
    name: 'Pause',
    class: 'transactional',
    entry: { type: 'event', event: 'Started', key: ['context.id'] },
    steps: [
      { id: 'pause', type: 'wait', for: '1h' },
      { id: 'wish', type: 'send', action: 'wish' },
      { id: 'again', type: 'wait', for: '1h' },
      { id: 'second', type: 'send', action: 'wish' },
    ],
  });
  await stage.subscriber('early');
  await stage.track('early', 'Started', { id: 'x' });
  await stage.passTime(HOUR);
  expect(stage.mailsTo('early')).toHaveLength(1);
  stage.setNow(new Date(stage.now().getTime() - DAY));
  await stage.subscriber('late');
  await stage.track('late', 'Started', { id: 'y' });
  await stage.passTime(HOUR);
  expect(stage.mailsTo('late')).toHaveLength(1);
  expect(stage.mailsTo('early')).toHaveLength(1);
  await stage.passTime(26 * HOUR);
  expect([stage.mailsTo('early').length, stage.mailsTo('late').length]).toEqual([2, 2]);
});
