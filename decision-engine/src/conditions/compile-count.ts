import { durationToMs } from '../catalogue/duration.js';
import { compareValues, comparisonWords } from './compare.js';
import type { CompiledCondition } from './compile-condition.js';
import type { EventCountCondition, OutcomeCountCondition } from './condition.js';
import type { Facts } from './facts.js';

/** Counts events or outcomes in the window that ends now; its start is not in it, now is. */
export function compileCount(condition: EventCountCondition | OutcomeCountCondition): CompiledCondition {
  const windowMs = durationToMs(condition.within);
  const count =
    condition.count === 'events' ? eventCounter(condition, windowMs) : outcomeCounter(condition, windowMs);
  const what = condition.count === 'events' ? eventWords(condition) : outcomeWords(condition);
  const label = `${what} in ${condition.within}`;
  return {
    test: (facts) => {
      const found = count(facts);
      return found === undefined ? 'unknown' : compareValues(found, condition.op, condition.value);
    },
    explain: (facts) => {
      const found = count(facts);
      const seen = found === undefined ? 'not known so far back' : `${found} times`;
      return `${label}: ${seen}, wanted ${comparisonWords(condition.op)}${condition.value}`;
    },
    collect: (facts, into) => {
      into[label] = count(facts) ?? null;
    },
  };
}

function eventCounter(
  condition: EventCountCondition,
  windowMs: number,
): (facts: Facts) => number | undefined {
  const about = condition.about?.toLowerCase();
  return (facts) => {
    if (facts.profilingHidden) return undefined;
    const { recentEvents, recentEventsSince } = facts.profile;
    const start = facts.now - windowMs;
    let found = 0;
    for (const event of recentEvents) {
      const at = event.at.getTime();
      if (at <= start || at > facts.now || event.name !== condition.event) continue;
      if (about === undefined || event.about?.includes(about) === true) found += 1;
    }
    const incomplete = recentEventsSince !== null && recentEventsSince.getTime() > start;
    // What was counted is a lower bound then, which settles "at least" when it is reached already.
    if (
      incomplete &&
      !(
        (condition.op === 'gte' || condition.op === 'gt') &&
        compareValues(found, condition.op, condition.value) === 'true'
      )
    ) {
      return undefined;
    }
    return found;
  };
}

function outcomeCounter(condition: OutcomeCountCondition, windowMs: number): (facts: Facts) => number {
  return (facts) => {
    const start = facts.now - windowMs;
    let found = 0;
    for (const entry of facts.contacts) {
      const at = entry.at.getTime();
      if (
        at > start &&
        at <= facts.now &&
        condition.outcomes.includes(entry.outcome) &&
        (condition.actions?.includes(entry.actionId) ?? true) &&
        (condition.groups?.includes(entry.groupId) ?? true) &&
        (condition.channels?.includes(entry.channel) ?? true)
      ) {
        found += 1;
      }
    }
    return found;
  };
}

function eventWords({ event, about }: EventCountCondition): string {
  return about === undefined ? `"${event}"` : `"${event}" about "${about}"`;
}

function outcomeWords(condition: OutcomeCountCondition): string {
  const of = [...(condition.actions ?? []), ...(condition.groups ?? [])];
  const on = condition.channels ?? [];
  return [
    condition.outcomes.join(' or '),
    ...(of.length > 0 ? [`of ${of.join(', ')}`] : []),
    ...(on.length > 0 ? [`on ${on.join(', ')}`] : []),
  ].join(' ');
}
