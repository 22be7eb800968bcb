import type { CandidateState } from './candidate-state.js';
import type { DecisionOutcome } from './decision-result.js';

/** "None of 3 candidates may be shown: 2 fail consent “marketing”, 1 waits for limits “budget”": by the first rule that failed. */
function whyNothing(states: readonly CandidateState[], channels: readonly string[]): string {
  if (states.length === 0) return `No action has a treatment on ${channels.join(', ')}`;
  const counts = new Map<string, { held: boolean; rule: string; count: number }>();
  for (const state of states) {
    const failed =
      state.rules.find((rule) => !rule.passed && rule.effect === 'drop') ??
      state.rules.find((rule) => !rule.passed);
    if (failed === undefined) continue;
    const held = failed.effect === 'hold';
    const rule = `${failed.stage} “${failed.rule}”`;
    const key = `${held} ${rule}`;
    counts.set(key, { held, rule, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const parts = [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ held, rule, count }) => `${count} ${verb(held, count)} ${rule}`);
  const all = states.length === 1 ? 'The only candidate may not' : `None of ${states.length} candidates may`;
  return `${all} be shown: ${parts.join(', ')}`;
}

function verb(held: boolean, count: number): string {
  if (held) return count === 1 ? 'waits for' : 'wait for';
  return count === 1 ? 'fails' : 'fail';
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
