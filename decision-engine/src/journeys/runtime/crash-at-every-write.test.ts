import { afterAll, beforeAll, expect, test } from 'vitest';
import { dyingEngine } from '../testing/dying-engine.js';
import { type JourneyStage, startStage } from '../testing/journey-stage.js';
import { runJourneysOnce } from './run-journeys.js';

const HOUR = 3_600_000;

let stage: JourneyStage;
beforeAll(async () => {
  stage = await startStage({
    actions: [
      {
        actionId: 'hello',
        name: 'Say hello',
        issue: 'sales',
        group: 'hello',
        class: 'promotional',
        value: { type: 'fixed', amount: 10 },
        treatments: [
          { treatmentId: 'hello-email', channel: 'email', title: 'Hello', subject: 'Hello', body: 'Hello' },
        ],
      },
    ],
    // A limit, so that a reservation which a dead process left behind would stop the message.
    policies: { contact: { limits: [{ name: 'one a day', max: 1, window: '1d' }] } },
  });
  await stage.publish({
    journeyId: 'hello',
    name: 'Hello',
    entry: { type: 'event', event: 'Started', key: ['context.id'] },
    steps: [
      { id: 'pause', type: 'wait', for: '1h' },
      { id: 'hello', type: 'send', action: 'hello' },
      { id: 'mark', type: 'setTrait', trait: 'greeted', value: true },
      { id: 'call', type: 'notifyAgent', title: 'Call' },
    ],
  });
});
afterAll(() => stage.close());

test('wherever the process dies, each message leaves once and nothing is lost', async () => {
  const outcomes: string[] = [];
  for (let writes = 0; ; writes += 1) {
    const user = `user-${writes}`;
    const customerId = await stage.subscriber(user);
    await stage.track(user, 'Started', { id: 'x' });
    const entering = dyingEngine(stage.engine, writes);
    await runJourneysOnce({ ...stage.work, engine: entering.engine }).catch(() => null);
    await stage.settle();
    stage.pass(HOUR);
    const sending = dyingEngine(stage.engine, writes);
    await runJourneysOnce({ ...stage.work, engine: sending.engine }).catch(() => null);
    // The next process comes when the lease of the dead one is over.
    stage.pass(61_000);
    await stage.settle();
    stage.pass(61_000);
    await stage.settle();
    const runs = (await stage.runs()).filter((run) => run.customerId === customerId);
    const tasks = await stage.store.journeyTasks.countDocuments({ customerId });
    outcomes.push(
      `${stage.mailsTo(user).length} mails, ${tasks} tasks, ${runs.map(({ outcome }) => outcome)}`,
    );
    if (!sending.died()) break;
  }
  expect(outcomes.length).toBeGreaterThan(8);
  expect(new Set(outcomes)).toEqual(new Set(['1 mails, 1 tasks, completed']));
});
