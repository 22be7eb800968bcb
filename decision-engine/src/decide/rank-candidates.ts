import { mix32, murmur3 } from '../exploration/murmur3.js';
import { addRule, type CandidateState } from './candidate-state.js';
import { drop, pass } from './rules/rule.js';

const FALLBACK = { stage: 'fallback', rule: 'fallback' } as const;

/** Fallback actions stay only where no other candidate may compete. */
export function settleFallbacks(
  states: readonly CandidateState[],
  competes: (state: CandidateState) => boolean,
): void {
  const others = states.filter((state) => !state.candidate.action.fallback && competes(state)).length;
  for (const state of states) {
    if (!state.candidate.action.fallback) continue;
    const naming = FALLBACK;
    if (others === 0) addRule(state, pass(naming, 'nothing else is left'));
    else
      addRule(
        state,
        drop(naming, `${others} other ${others === 1 ? 'candidate is' : 'candidates are'} left`),
      );
  }
}

/** Mandatory actions come before all others, then priority decides, then a draw that the seed settles. */
export function rankCandidates(states: readonly CandidateState[], seed: string): CandidateState[] {
  const salt = murmur3(seed);
  const ranked = states
    .filter((state) => state.status !== 'out' && state.priority !== null)
    .map((state) => ({
      state,
      tier: state.candidate.action.class === 'mandatory' ? 0 : 1,
      priority: state.priority?.priority ?? 0,
      draw: mix32(state.candidate.keyHash ^ salt),
    }))
    .sort((a, b) => a.tier - b.tier || b.priority - a.priority || a.draw - b.draw)
    .map((entry) => entry.state);
  ranked.forEach((state, index) => {
    state.rank = index + 1;
  });
  return ranked;
}
