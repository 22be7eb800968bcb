import { createHash } from 'node:crypto';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { isDuplicateKey } from '../../store/duplicate-keys.js';
import { factsOf, type RunContext } from '../run/run-facts.js';
import { newRun } from '../run/run-state.js';
import { newRunDocument, type RunDocument } from '../store/run-document.js';
import { customerOfRun } from './customer-of-run.js';
import { admit, dayBefore, type EarlierRuns, entryKeyOf, type JourneyLoad } from './entry-rules.js';
import type { JourneyInForce } from './journey-registry.js';
import type { JourneyWork } from './journey-work.js';

export type Entrant = {
  readonly journey: JourneyInForce;
  readonly document: CustomerDocument;
  /** The event's, or the look's at all customers: a repeat of it enters nobody. */
  readonly messageId: string;
  readonly happenedAt: Date;
  readonly context: RunContext;
};

function runIdOf(journeyId: string, customerId: string, entryKey: string): string {
  const hash = createHash('sha256').update(`${journeyId}\n${customerId}\n${entryKey}`).digest('hex');
  return `run_${hash.slice(0, 26)}`;
}

async function readEarlier(
  { engine }: JourneyWork,
  { journey: { journeyId }, document, messageId }: Entrant,
  key: string | null,
): Promise<EarlierRuns> {
  const { journeyRuns } = engine.store;
  const mine = { customerId: document._id, journeyId };
  const [last, active, sameMessage, sameKey] = await Promise.all([
    journeyRuns
      .findOne(mine, { startedAt: 1 })
      .sort({ startedAt: -1 })
      .lean<Pick<RunDocument, '_id' | 'startedAt'> | null>(),
    journeyRuns.countDocuments({ ...mine, status: 'active' }),
    journeyRuns.exists({ ...mine, messageId }),
    key === null || key === '' ? null : journeyRuns.exists({ ...mine, entryKey: key }),
  ]);
  return {
    last: last === null ? null : { runId: last._id, startedAt: last.startedAt },
    active,
    sameMessage: sameMessage !== null,
    sameKey: sameKey !== null,
  };
}

/** How full journeys are, counted once for a batch and kept up with what enters. */
export function createLoads({ engine }: JourneyWork) {
  const loads = new Map<string, JourneyLoad>();
  return {
    of: async ({ journeyId, journey }: JourneyInForce): Promise<JourneyLoad> => {
      const known = loads.get(journeyId);
      if (known !== undefined) return known;
      const { caps } = journey.definition;
      const { journeyRuns } = engine.store;
      const startedAt = { $gt: dayBefore(engine.clock()) };
      const load = {
        active:
          caps.active === undefined ? 0 : await journeyRuns.countDocuments({ journeyId, status: 'active' }),
        enteredToday:
          caps.entriesPerDay === undefined ? 0 : await journeyRuns.countDocuments({ journeyId, startedAt }),
      };
      loads.set(journeyId, load);
      return load;
    },
    entered: ({ journeyId }: JourneyInForce): void => {
      const { active, enteredToday } = loads.get(journeyId) ?? { active: 0, enteredToday: 0 };
      loads.set(journeyId, { active: active + 1, enteredToday: enteredToday + 1 });
    },
  };
}

export type Loads = ReturnType<typeof createLoads>;

function fitsEntry(work: JourneyWork, { journey: { journey }, document, context }: Entrant): boolean {
  if (journey.entryCondition === undefined) return true;
  const now = work.engine.clock();
  const facts = factsOf(customerOfRun(work.engine, document, now), {
    context,
    now: now.getTime(),
    promotional: journey.definition.class === 'promotional',
  });
  return journey.entryCondition.test(facts) === 'true';
}

/**
 * Lets a customer in, where the journey's condition, its re-entry rules and its caps allow it.
 * @returns the new run, which has not begun; or why there is none (`no match` where the condition doesn't hold)
 */
export async function enterRun(
  work: JourneyWork,
  entrant: Entrant,
  loads: Loads,
): Promise<{ readonly run: RunDocument } | { readonly refused: string; readonly report: boolean }> {
  const { engine } = work;
  const { journey, document, messageId, happenedAt, context } = entrant;
  if (!fitsEntry(work, entrant)) return { refused: 'no match', report: false };
  const { definition, firstStep } = journey.journey;
  const key = entryKeyOf(definition, context);
  const now = engine.clock();
  const earlier = await readEarlier(work, entrant, key);
  const load = await loads.of(journey);
  const admission = admit(definition, { now, happenedAt, key, earlier, load });
  if (!admission.enter) return { refused: admission.reason, report: !admission.repeat };
  const { entryKey } = admission;
  const runId = runIdOf(journey.journeyId, document._id, entryKey);
  const started = newRun({
    runId,
    firstStep,
    startedAt: Math.min(happenedAt.getTime(), now.getTime()),
    now: now.getTime(),
    context,
    messageId,
  });
  const run = newRunDocument(started, {
    journeyId: journey.journeyId,
    version: journey.version,
    customerId: document._id,
    entryKey,
    messageId,
    now,
  });
  try {
    await engine.store.journeyRuns.create(run);
  } catch (error) {
    if (isDuplicateKey(error)) return { refused: 'entered meanwhile', report: false };
    throw error;
  }
  loads.entered(journey);
  return { run };
}

/** Counts who was not let in, by reason, where the console shows it. */
export async function countRefused(
  { engine }: JourneyWork,
  refused: readonly { readonly journeyId: string; readonly reason: string }[],
): Promise<void> {
  const counts = new Map<string, Record<string, number>>();
  for (const { journeyId, reason } of refused) {
    const of = counts.get(journeyId) ?? {};
    const field = `refused.${reason}`;
    counts.set(journeyId, { ...of, [field]: (of[field] ?? 0) + 1 });
  }
  for (const [journeyId, $inc] of counts) await engine.store.journeys.updateOne({ _id: journeyId }, { $inc });
}
