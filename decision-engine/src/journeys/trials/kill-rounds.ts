import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { InboundEvent } from '@segue/integrations';
import { ingestEvents } from '../../events/ingest-events.js';
import { seededRandom } from '../../exploration/seeded-random.js';
import type { JourneyInput } from '../definition/journey.js';
import { startCallCounter } from './call-counter.js';
import { layTrialBed, startMessageCounter } from './trial-bed.js';

const JOURNEY: JourneyInput = {
  journeyId: 'trial',
  name: 'Trial',
  class: 'transactional',
  entry: { type: 'event', event: 'Trial Started', key: ['context.order_id'] },
  tooLate: { after: '1d' },
  steps: [
    { id: 'pause', type: 'wait', for: '1s' },
    { id: 'message', type: 'send', action: 'trial-message' },
    { id: 'call', type: 'webhook', endpoint: 'trial', eventType: 'trial.message' },
    { id: 'after', type: 'wait', for: '1s' },
  ],
};

export type KillReport = {
  readonly runs: number;
  /** Times the engine was killed with -9. */
  readonly kills: number;
  /** Different messages that arrived at the mail server; each run has one. */
  readonly arrived: number;
  /** Of these, before the last kill. */
  readonly arrivedBetweenKills: number;
  readonly lost: number;
  /** Messages that arrived more than once, and how often the most frequent one did. SMTP takes no key. */
  readonly repeated: number;
  readonly mostOften: number;
  /** Messages of which the outbox tells that they may have arrived once more, or that it is not known whether they did. */
  readonly told: number;
  /** Of these, those that are left to people, as their answer was lost twice. */
  readonly leftToPeople: number;
  /** The same of calls that carry a key; a receiver that keeps to it acts once for each key. */
  readonly keyed: {
    readonly keys: number;
    readonly lost: number;
    /** Keys that came more than once. */
    readonly repeated: number;
    readonly calls: number;
  };
  readonly endedRuns: number;
  readonly failedRuns: number;
  readonly seconds: number;
};

/**
 * Kills the engine again and again in the middle of many runs, then lets it finish, and counts what arrived at the mail
 * server.
 */
export async function runKillRounds(
  mongodbUri: string,
  {
    runs,
    rounds,
    seed,
    onProgress,
  }: {
    readonly runs: number;
    readonly rounds: number;
    readonly seed: string;
    readonly onProgress: (what: string, done: number, total: number) => void;
  },
): Promise<KillReport> {
  const started = Date.now();
  const random = seededRandom(seed);
  const counter = await startMessageCounter();
  const receiver = await startCallCounter();
  const bed = await layTrialBed(mongodbUri, {
    smtpUrl: counter.url,
    hookUrl: receiver.url,
    journey: JOURNEY,
    customers: runs,
    onProgress: (made) => onProgress('customers', made, runs),
  });
  const enter = async (from: number, to: number): Promise<void> => {
    const now = new Date();
    const events = Array.from({ length: to - from }, (_, index): InboundEvent => {
      const userId = `u-${from + index}`;
      return {
        messageId: `start ${userId}`,
        type: 'track',
        name: 'Trial Started',
        userId,
        timestamp: now,
        receivedAt: now,
        properties: { order_id: `o-${from + index}` },
        traits: {},
        context: {},
      };
    });
    await ingestEvents(bed.store, events, { wanted: () => true });
  };
  let kills = 0;
  let entered = 0;
  for (; kills < rounds; kills += 1) {
    const child = await bed.startEngine();
    // A share of the runs starts in each round, so that each kill finds runs at every step.
    const upTo = Math.round((runs * (kills + 1)) / rounds);
    for (; entered < upTo; entered += Math.min(100, upTo - entered))
      await enter(entered, Math.min(entered + 100, upTo));
    await wait(1_000 + random() * 5_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    onProgress('kills', kills + 1, rounds);
  }
  const arrivedBetweenKills = counter.counts.size;
  const last = await bed.startEngine();
  for (let over = 0; over < runs; ) {
    await wait(500);
    over = await bed.store.journeyRuns.countDocuments({ status: { $ne: 'active' } });
    onProgress('runs', over, runs);
  }
  for (let open = 1; open > 0; ) {
    open = await bed.store.decisions.countDocuments({
      'deliveries.state': { $in: ['pending', 'sending', 'held'] },
    });
    if (open > 0) await wait(500);
  }
  const doubtful = { unanswered: { $gte: 1 } };
  const [told, leftToPeople, endedRuns, failedRuns] = await Promise.all([
    bed.store.decisions.countDocuments({ deliveries: { $elemMatch: doubtful } }),
    bed.store.decisions.countDocuments({ deliveries: { $elemMatch: { ...doubtful, state: 'failed' } } }),
    bed.store.journeyRuns.countDocuments({ status: 'ended' }),
    bed.store.journeyRuns.countDocuments({ status: 'failed' }),
  ]);
  last.kill('SIGKILL');
  await once(last, 'exit');
  await bed.close();
  await counter.close();
  await receiver.close();
  const counts = [...counter.counts.values()];
  const calls = [...receiver.counts.values()];
  return {
    runs,
    kills,
    arrived: counts.length,
    arrivedBetweenKills,
    lost: runs - counts.length,
    repeated: counts.filter((count) => count > 1).length,
    mostOften: counts.reduce((most, count) => Math.max(most, count), 0),
    told,
    leftToPeople,
    keyed: {
      keys: calls.length,
      lost: runs - calls.length,
      repeated: calls.filter((count) => count > 1).length,
      calls: calls.reduce((sum, count) => sum + count, 0),
    },
    endedRuns,
    failedRuns,
    seconds: Math.round((Date.now() - started) / 1000),
  };
}
