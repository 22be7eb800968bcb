import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { JourneyInput } from '../definition/journey.js';
import { newRun } from '../run/run-state.js';
import { newRunDocument, type RunDocument } from '../store/run-document.js';
import { layTrialBed, residentMb } from './trial-bed.js';

const JOURNEY: JourneyInput = {
  journeyId: 'trial',
  name: 'Trial',
  class: 'transactional',
  entry: { type: 'event', event: 'Trial Started', key: ['context.order_id'] },
  caps: { perCustomer: 100 },
  steps: [
    { id: 'until', type: 'wait', until: { date: 'context.due' } },
    { id: 'there', type: 'goal', goal: 'fired' },
  ],
};
const CUSTOMERS = 1_000;
const BATCH = 500;

export type WaitingReport = {
  readonly waiting: number;
  readonly timers: number;
  readonly perSecond: number;
  /** How late they fired, milliseconds, against the moment each was due. */
  readonly late: { readonly p50: number; readonly p99: number; readonly most: number };
  readonly within2s: number;
  /** Resident memory of the engine's process in megabytes. */
  readonly memory: { readonly before: number | null; readonly most: number | null };
  readonly seconds: number;
};

/** Very many runs wait; some of them fall due at a steady rate. Tells how late they fire, and what that takes of memory. */
export async function runWaitingRuns(
  mongodbUri: string,
  {
    waiting,
    timers,
    perSecond,
    onProgress,
  }: {
    readonly waiting: number;
    readonly timers: number;
    readonly perSecond: number;
    readonly onProgress: (what: string, done: number, total: number) => void;
  },
): Promise<WaitingReport> {
  const started = Date.now();
  const bed = await layTrialBed(mongodbUri, {
    smtpUrl: 'smtp://127.0.0.1:9',
    hookUrl: 'http://127.0.0.1:9',
    journey: JOURNEY,
    customers: CUSTOMERS,
    onProgress: (made) => onProgress('customers', made, CUSTOMERS),
  });
  const { journeyRuns, customers } = bed.store;
  const ids = (await customers.find({}, { _id: 1 }).lean()).map(({ _id }) => _id);
  const insert = async (count: number, from: number, dueOf: (index: number) => number): Promise<void> => {
    for (let made = 0; made < count; made += BATCH) {
      const now = new Date();
      const batch = Array.from({ length: Math.min(BATCH, count - made) }, (_, index): RunDocument => {
        const due = dueOf(made + index);
        const runId = `run_${from + made + index}`;
        const fresh = newRun({
          runId,
          firstStep: 'until',
          startedAt: now.getTime(),
          now: now.getTime(),
          context: { due: new Date(due).toISOString() },
          messageId: null,
        });
        const run = { ...fresh, waiting: { kind: 'timer' as const, until: due } };
        return newRunDocument(run, {
          journeyId: 'trial',
          version: 1,
          customerId: ids[(made + index) % ids.length] ?? '',
          entryKey: runId,
          messageId: null,
          now,
        });
      });
      await journeyRuns.collection.insertMany(batch as never[], { ordered: false });
      onProgress('runs', from + made + batch.length, waiting);
    }
  };
  const YEAR = 365 * 86_400_000;
  await insert(waiting - timers, timers, (index) => Date.now() + YEAR / 2 + index);
  const child = await bed.startEngine();
  await wait(2_000);
  const before = await residentMb(child.pid);
  // Far enough ahead that all of them are stored when the first falls due.
  const firstDue = Date.now() + 10_000 + timers * 3;
  await insert(timers, 0, (index) => firstDue + Math.floor((index * 1000) / perSecond));
  let most = before;
  for (let fired = 0; fired < timers; ) {
    await wait(1_000);
    fired = await journeyRuns.countDocuments({ journeyId: 'trial', status: 'ended' });
    most = Math.max(most ?? 0, (await residentMb(child.pid)) ?? 0);
    onProgress('timers', fired, timers);
  }
  const ended = await journeyRuns
    .find({ status: 'ended' }, { state: 1 })
    .lean<Pick<RunDocument, 'state'>[]>();
  const late = ended
    .map(({ state }) => state.clock - Date.parse(String(state.context['due'])))
    .sort((a, b) => a - b);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await bed.close();
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(share * late.length))] ?? 0;
  return {
    waiting,
    timers,
    perSecond,
    late: { p50: at(0.5), p99: at(0.99), most: at(1) },
    within2s: late.filter((ms) => ms <= 2_000).length,
    memory: { before, most },
    seconds: Math.round((Date.now() - started) / 1000),
  };
}
