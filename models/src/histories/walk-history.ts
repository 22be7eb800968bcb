import type { CustomerHistory, SegueEvent } from '../events/segue-event.js';
import { emptyFeatureState, type FeatureState, updateFeatureState } from '../features/feature-state.js';

/**
 * Plays a history up to each of the given moments, oldest first, and hands out the state of the events strictly before
 * it: what serving would have known then.
 *
 * @param moments ascending, milliseconds since 1970
 * @throws Error where the history is not oldest first: features would silently see the future
 */
export function* statesAt(
  history: CustomerHistory,
  moments: readonly number[],
): Generator<{ readonly moment: number; readonly state: FeatureState }> {
  let state = emptyFeatureState();
  let next = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const moment of moments) {
    for (let event = history.events[next]; event !== undefined; event = history.events[next]) {
      const time = event.timestamp.getTime();
      if (time < last) {
        throw new Error(outOfOrder(history, event));
      }
      if (time >= moment) {
        break;
      }
      last = time;
      state = updateFeatureState(state, event);
      next += 1;
    }
    yield { moment, state };
  }
}

function outOfOrder(history: CustomerHistory, event: SegueEvent): string {
  return `Expected the events of customer "${history.customerId}" oldest first, got "${event.messageId}" of ${event.timestamp.toISOString()} after a later one`;
}
