import { OUTCOME_EVENT_NAMES } from '../events/outcome-events.js';
import type { CustomerHistory, JsonObject } from '../events/segue-event.js';
import { textOf } from '../features/order-facts.js';
import { DAY_MS } from '../features/time-units.js';
import type { PropensityCandidate } from './candidate.js';

/** What counts as a yes. */
export type PositiveOutcome = 'accepted' | 'clicked' | 'converted';

export type Offer = {
  readonly time: number;
  readonly candidate: Omit<PropensityCandidate, 'tags'>;
  /** Days until the first yes; undefined where there was none. */
  readonly daysToYes: number | undefined;
};

/**
 * Every action that was shown to the customer, oldest first, with when it was answered. The answer belongs to the
 * action of the same decision; an action shown twice for one decision counts once, from its first time.
 */
export function offersInHistory(
  history: CustomerHistory,
  positive: readonly PositiveOutcome[],
): readonly Offer[] {
  const yesNames = new Set(positive.map((outcome) => OUTCOME_EVENT_NAMES[outcome]));
  const shown = new Map<string, { time: number; candidate: Offer['candidate'] }>();
  const yes = new Map<string, number>();
  for (const event of history.events) {
    if (event.type !== 'track') {
      continue;
    }
    const candidate = candidateOf(event.properties);
    const decision = textOf(event.properties['decision_id']);
    if (candidate === undefined || decision === undefined) {
      continue;
    }
    const key = JSON.stringify([decision, candidate.actionId]);
    const time = event.timestamp.getTime();
    const first = shown.get(key);
    if (event.name === OUTCOME_EVENT_NAMES.shown && first === undefined) {
      shown.set(key, { time, candidate });
    } else if (isOneOf(event.name, yesNames) && first !== undefined && !yes.has(key)) {
      yes.set(key, (time - first.time) / DAY_MS);
    }
  }
  return [...shown].map(([key, offer]) => ({ ...offer, daysToYes: yes.get(key) }));
}

function isOneOf(name: string, names: ReadonlySet<string>): boolean {
  return names.has(name);
}

function candidateOf(properties: JsonObject): Offer['candidate'] | undefined {
  const actionId = textOf(properties['action_id']);
  if (actionId === undefined) {
    return undefined;
  }
  return {
    actionId,
    groupId: textOf(properties['group_id']) ?? '',
    channel: textOf(properties['channel']) ?? '',
    treatmentId: textOf(properties['treatment_id']) ?? '',
  };
}
