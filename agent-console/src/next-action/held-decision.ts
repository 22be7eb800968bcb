import type { DecideAnswer } from '../engine/engine-types';

/**
 * Which decision to show when a newer one has come. While the agent is in the card (pointer or focus) a newer one
 * waits, unless it suggests the same thing first: then only numbers change, and nothing moves.
 */
export function decisionToShow(
  shown: DecideAnswer | undefined,
  newest: DecideAnswer | undefined,
  held: boolean,
): DecideAnswer | undefined {
  if (shown === undefined || newest === undefined || !held) return newest ?? shown;
  if (shown.actions.length === 0) return newest;
  return shown.actions[0]?.actionId === newest.actions[0]?.actionId ? newest : shown;
}
