import type { CustomerHistory } from '@segue/models';
import { durationToMs } from '../../catalogue/duration.js';
import { applyEvent, newProfile } from '../../customers/apply-event.js';
import type { CustomerId, Profile } from '../../customers/profile.js';
import { customerFacts } from '../../decisions/customer-facts.js';
import type { Engine } from '../../engine/engine.js';
import { readHistories } from '../../events/read-histories.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import { nextLocalTime } from '../run/due-time.js';
import { contextOf, factsOf, type RunContext } from '../run/run-facts.js';
import { admit, entryKeyOf } from '../runtime/entry-rules.js';

export type ReplayedEntry = { readonly customerId: string; readonly at: Date; readonly context: RunContext };

export type Replay = {
  readonly entries: number;
  readonly customers: number;
  /** Who fitted and was not let in, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** The first hundred entries. */
  readonly sample: readonly ReplayedEntry[];
  /** What the past can't tell. */
  readonly notes: readonly string[];
};

const SAMPLE = 100;
/** Customers between two pauses, so that what else the process serves need not wait. */
const TURN = 5;
const DAY_MS = 86_400_000;
const NOTES = [
  'how long runs would have lasted is not known, so caps of runs at once are not applied',
  'conditions, segments and schedules that look more than once a day were looked at once a day',
  'scores are of the models in force now',
];

/** Moments at which a journey that looks at all customers would have looked. */
function looks({ definition: { entry } }: CompiledJourney, from: number, to: number): number[] {
  const moments: number[] = [];
  if (entry.type === 'schedule') {
    const { at, days, timeZone } = entry;
    for (let next = nextLocalTime(from, { at, days, timeZone }); next < to; ) {
      moments.push(next);
      next = nextLocalTime(next + 1, { at, days, timeZone });
    }
  } else if (entry.type !== 'event') {
    const every = Math.max(DAY_MS, durationToMs(entry.every));
    for (let next = from; next < to; next += every) moments.push(next);
  }
  return moments;
}

function fits(
  engine: Engine,
  journey: CompiledJourney,
  asOf: { profile: Profile; at: number; context: RunContext },
): boolean {
  if (journey.entryCondition === undefined) return true;
  const { profile, at, context } = asOf;
  const known = () =>
    customerFacts(
      { profile, reserved: [] },
      { rules: engine.rules(), scorers: engine.scorers(), now: new Date(at) },
    ).decisionProfile;
  let decisionProfile: ReturnType<typeof known> | undefined;
  const facts = factsOf(
    {
      customerId: profile.customerId,
      timeZone: profile.timeZone ?? 'UTC',
      profile: () => {
        decisionProfile ??= known();
        return decisionProfile;
      },
      variantOf: () => null,
    },
    { context, now: at, promotional: journey.definition.class === 'promotional' },
  );
  return journey.entryCondition.test(facts) === 'true';
}

type Occasion = { readonly at: number; readonly context: RunContext; readonly profile: Profile };

/** The moments at which somebody might have entered, with the profile as it was then. */
function* occasions(
  journey: CompiledJourney,
  history: CustomerHistory,
  { moments, from, to }: { readonly moments: readonly number[]; readonly from: number; readonly to: number },
): Generator<Occasion> {
  const { entry } = journey.definition;
  let profile: Profile | undefined;
  const open = [...moments];
  for (const event of history.events) {
    const at = event.timestamp.getTime();
    for (let next = open[0]; next !== undefined && next < at; next = open[0]) {
      if (profile !== undefined) yield { at: next, context: {}, profile };
      open.shift();
    }
    profile = applyEvent(profile ?? newProfile(history.customerId as CustomerId, event.timestamp), event);
    if (entry.type === 'event' && event.name === entry.event && at >= from && at < to)
      yield { at, context: contextOf(event.properties), profile };
  }
  if (profile === undefined) return;
  for (const at of open) yield { at, context: {}, profile };
}

/**
 * Who would have entered a journey in a stretch of the past: every customer's events are gone through in order, and the
 * entry condition, the key and the re-entry rules are asked with the profile as it was then. One customer in memory at
 * a time; nothing is written.
 * @returns null when the signal ended it
 */
export async function replayEntries(
  engine: Engine,
  journey: CompiledJourney,
  {
    from,
    to,
    signal,
    onProgress,
  }: {
    readonly from: Date;
    readonly to: Date;
    readonly signal?: AbortSignal;
    readonly onProgress?: (customers: number) => void;
  },
): Promise<Replay | null> {
  const moments = looks(journey, from.getTime(), to.getTime());
  const refused: Record<string, number> = {};
  const sample: ReplayedEntry[] = [];
  let entries = 0;
  let customers = 0;
  let seen = 0;
  for await (const history of readHistories(engine.store, to)) {
    if (signal?.aborted === true) return null;
    seen += 1;
    if (seen % TURN === 0) {
      onProgress?.(seen);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const keys = new Set<string>();
    let last: { runId: string; startedAt: Date } | null = null;
    const window = { moments, from: from.getTime(), to: to.getTime() };
    for (const { at, context, profile } of occasions(journey, history, window)) {
      if (!fits(engine, journey, { profile, at, context })) continue;
      const key = entryKeyOf(journey.definition, context);
      const now = new Date(at);
      const sameKey = key !== null && key !== '' && keys.has(key);
      const earlier = { last, active: 0, sameMessage: false, sameKey };
      const load = { active: 0, enteredToday: 0 };
      const admission = admit(journey.definition, { now, happenedAt: now, key, earlier, load });
      if (admission.enter) {
        if (last === null) customers += 1;
        if (key !== null) keys.add(key);
        last = { runId: `replay ${entries}`, startedAt: now };
        entries += 1;
        if (sample.length < SAMPLE) sample.push({ customerId: history.customerId, at: now, context });
      } else if (!admission.repeat) refused[admission.reason] = (refused[admission.reason] ?? 0) + 1;
    }
  }
  onProgress?.(seen);
  return { entries, customers, refused, sample, notes: NOTES };
}
