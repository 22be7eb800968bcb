import { createEmailChannel } from '@segue/integrations';
import { sendDue } from '../../deliveries/send-due.js';
import { type ReceivedMail, startMailbox } from '../../testing/mailbox.js';
import { startTestEngine, type TestCatalogue, type TestEngine } from '../../testing/test-engine.js';
import type { JourneyInput } from '../definition/journey.js';
import { publishJourney } from '../manage/publish-journey.js';
import type { JourneyWork } from '../runtime/journey-work.js';
import { runJourneys } from '../runtime/run-journeys.js';
import type { RunDocument } from '../store/run-document.js';

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly messageId: string;
  /** As it came over the line. */
  readonly source: string;
};

export type JourneyStage = TestEngine & {
  readonly work: JourneyWork;
  readonly mails: readonly Mail[];
  publish(definition: JourneyInput | unknown): Promise<void>;
  /** A customer who agreed to marketing by e-mail. */
  subscriber(userId: string, traits?: Readonly<Record<string, string | number | boolean>>): Promise<string>;
  track(
    userId: string,
    name: string,
    properties?: Readonly<Record<string, string | number | boolean>>,
  ): Promise<void>;
  /** Everything that is to be done now: journeys, then messages. */
  settle(): Promise<void>;
  /** Lets time pass, stopping wherever something falls due. */
  passTime(milliseconds: number): Promise<void>;
  runs(): Promise<RunDocument[]>;
  mailsTo(userId: string): readonly Mail[];
};

function headerOf(source: string, name: string): string {
  const unfolded = source.split(/\r?\n\r?\n/)[0]?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
}

function mailOf({ to, source }: ReceivedMail): Mail {
  return {
    to,
    subject: headerOf(source, 'Subject'),
    body: source.replace(/=\r?\n/g, ''),
    messageId: headerOf(source, 'Message-ID'),
    source,
  };
}

/** The engine with a clock that stands still, a store of its own and a mailbox: events in, messages out. */
export async function startStage(
  catalogue: TestCatalogue,
  { now }: { readonly now?: Date } = {},
): Promise<JourneyStage> {
  const mailbox = await startMailbox();
  const email = createEmailChannel({ smtpUrl: mailbox.url, from: 'Shop <shop@example.com>' });
  const test = await startTestEngine(catalogue, { email, ...(now === undefined ? {} : { now }) });
  const { engine, store } = test;
  const work: JourneyWork = {
    engine,
    sendWebhook: () => Promise.resolve({ status: 'refused', reason: 'no webhooks on this stage' }),
  };
  const settle = async (): Promise<void> => {
    // A message that is sent is an outcome, which may move a run.
    for (;;) {
      const { performed } = await runJourneys(work);
      const sent = await sendDue(engine);
      if (performed + sent === 0) return;
    }
  };
  const nextDue = async (): Promise<number> => {
    const run = await store.journeyRuns
      .findOne({ status: 'active', dueAt: { $gt: test.now() } })
      .sort({ dueAt: 1 })
      .lean<RunDocument | null>();
    const held = await store.decisions.find({ 'deliveries.state': { $in: ['held', 'pending'] } }).lean();
    const messages = held.flatMap(({ deliveries }) =>
      deliveries
        .filter(({ state, dueAt }) => (state === 'held' || state === 'pending') && dueAt > test.now())
        .map(({ dueAt }) => dueAt.getTime()),
    );
    return Math.min(run?.dueAt?.getTime() ?? Number.POSITIVE_INFINITY, ...messages);
  };
  return {
    ...test,
    work,
    get mails() {
      return mailbox.mails.map(mailOf);
    },
    publish: async (definition) => {
      const published = await publishJourney(engine, { definition, author: 'test' });
      if (published.kind === 'invalid') throw new Error(published.problems.join('\n'));
    },
    subscriber: (userId, traits = {}) =>
      test.customer(userId, { email: `${userId}@example.com`, ...traits, consent: { email: true } }),
    track: (userId, name, properties = {}) => test.send({ type: 'track', userId, name, properties }),
    settle,
    passTime: async (milliseconds) => {
      const end = test.now().getTime() + milliseconds;
      await settle();
      for (;;) {
        const due = await nextDue();
        const looks = engine.journeys
          .inForce()
          .some(({ state, journey }) => state === 'on' && journey.definition.entry.type !== 'event');
        // Journeys that look at all customers have no due time: they get a look every six hours.
        const step = Math.min(end, due, looks ? test.now().getTime() + 6 * 3_600_000 : end);
        test.setNow(new Date(step));
        await settle();
        if (step === end) return;
      }
    },
    runs: () => store.journeyRuns.find({}).sort({ startedAt: 1, _id: 1 }).lean<RunDocument[]>(),
    mailsTo: (userId) => mailbox.mails.filter(({ to }) => to === `${userId}@example.com`).map(mailOf),
    close: async () => {
      await email.close();
      await test.close();
      await mailbox.close();
    },
  };
}
