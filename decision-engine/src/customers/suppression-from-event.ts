import type { JsonObject, JsonValue, SegueEvent } from '@segue/models';
import { ACTION_CLASSES } from '../catalogue/action.js';
import { OWN_EVENTS } from './own-events.js';
import type { SuppressionEntry } from './profile.js';
import { textIn } from './text-in.js';

/** Lifted and run-out suppressions that are kept, so that late repeats do not bring them back. */
const OVER_KEPT = 100;

function texts(value: JsonValue | undefined): string[] | null {
  if (!Array.isArray(value)) return null;
  const found = value.filter((each) => typeof each === 'string');
  return found.length === 0 ? null : found;
}

function date(object: JsonObject, key: string): Date | null {
  const at = new Date(textIn(object, key) ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** The suppression an event sets or lifts; null for every other event. */
export function suppressionFromEvent(event: SegueEvent): SuppressionEntry | null {
  const lifts = event.name === OWN_EVENTS.suppressionLifted;
  if (event.type !== 'track' || !(lifts || event.name === OWN_EVENTS.suppressionSet)) return null;
  const { properties, timestamp } = event;
  const classes = texts(properties['classes']);
  return {
    suppressionId: textIn(properties, 'suppression_id') ?? event.messageId,
    // What isn't clearly a pause stops more rather than less.
    kind: properties['kind'] === 'pause' ? 'pause' : 'legal',
    channel: textIn(properties, 'channel') ?? null,
    classes: classes === null ? null : ACTION_CLASSES.filter((known) => classes.includes(known)),
    groups: texts(properties['groups']),
    actions: texts(properties['actions']),
    until: date(properties, 'until'),
    reason: textIn(properties, 'reason') ?? '',
    source: textIn(properties, 'source') ?? '',
    at: timestamp,
    liftedAt: lifts ? timestamp : null,
  };
}

/** The latest word on each suppression counts, whatever order the events arrive in; at the same instant it holds. */
export function withSuppression(
  known: readonly SuppressionEntry[],
  said: SuppressionEntry,
): readonly SuppressionEntry[] {
  const before = known.find(({ suppressionId }) => suppressionId === said.suppressionId);
  const after = before === undefined ? said : latestWord(before, said);
  const others = known.filter((entry) => entry !== before);
  const all = [...others, after].sort((a, b) => a.at.getTime() - b.at.getTime());
  const over = all.filter(({ liftedAt }) => liftedAt !== null);
  const forgotten = new Set(over.slice(0, Math.max(0, over.length - OVER_KEPT)));
  return all.filter((entry) => !forgotten.has(entry));
}

function latestWord(before: SuppressionEntry, said: SuppressionEntry): SuppressionEntry {
  const older = said.at.getTime() < before.at.getTime();
  const [first, last] = older ? [said, before] : [before, said];
  if (first.at.getTime() === last.at.getTime() && first.liftedAt === null) return first;
  // Lifting says only which one: what it was stays on record.
  return last.liftedAt !== null && first.liftedAt === null
    ? { ...first, at: last.at, liftedAt: last.at }
    : last;
}

/** Those that hold at `now`. */
export function suppressionsInForce(
  entries: readonly SuppressionEntry[],
  now: Date,
): readonly SuppressionEntry[] {
  return entries.filter(
    ({ liftedAt, until }) => liftedAt === null && (until === null || until.getTime() > now.getTime()),
  );
}
