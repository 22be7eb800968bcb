import type { CandidateState } from './candidate-state.js';
import type { DecisionOutcome } from './decision-result.js';

/** "3 fell out at consent (consent), 2 at limits (budget)": by the first rule that failed. */
function whyNothing(states: readonly CandidateState[], channels: readonly string[]): string {
  if (states.length === 0) return `no action has a treatment on ${channels.join(', ')}`;
  const counts = new Map<string, number>();
  for (const state of states) {
    const failed =
      state.rules.find((rule) => !rule.passed && rule.effect === 'drop') ??
      state.rules.find((rule) => !rule.passed);
    if (failed === undefined) continue;
    const key = `${failed.effect === 'hold' ? 'held' : 'out'} at ${failed.stage} (${failed.rule})`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([where, count]) => `${count} ${where}`);
  return `${states.length} ${states.length === 1 ? 'candidate' : 'candidates'}: ${parts.join(', ')}`;
}

/** What came out of the decision as a whole. */
export function decisionOutcome(
  states: readonly CandidateState[],
  chosen: readonly CandidateState[],
  channels: readonly string[],
): DecisionOutcome {
  const first = chosen[0];
  if (first === undefined) return { kind: 'none', reason: whyNothing(states, channels) };
  if (!first.candidate.action.fallback) return { kind: 'chosen' };
  const others = states.filter((state) => !state.candidate.action.fallback);
  return { kind: 'fallback', reason: whyNothing(others, channels) };
}
