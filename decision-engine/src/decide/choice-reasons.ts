import type { CandidateState } from './candidate-state.js';

const MOST_REASONS = 3;

/**
 * Why this action, in plain words, the most telling first: what fits right now, what the model saw, what the context and
 * the business weigh, and that it was a try where it was one.
 */
export function choiceReasons(state: CandidateState, explored: boolean): readonly string[] {
  const { action } = state.candidate;
  const fits = action.applicability.map((condition) => condition.name);
  const suits = action.suitability.map((condition) => condition.name);
  const told = [...fits, ...(state.score?.reasons ?? []), ...suits, ...(state.priority?.weights ?? [])];
  const reasons = [...new Set(told)].slice(0, explored ? MOST_REASONS - 1 : MOST_REASONS);
  return explored
    ? [...reasons, 'chosen to learn how it does: another action has the higher priority']
    : reasons;
}
