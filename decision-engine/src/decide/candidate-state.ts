import type { Contender } from '../exploration/choice-probabilities.js';
import { localTime } from '../policy/local-time.js';
import { isAllowedDay, isQuiet, nextAllowedDay, quietUntil } from '../policy/quiet-hours.js';
import type { CompiledCandidate } from './compile-candidates.js';
import type { PropensityScore } from './decide-input.js';
import type { CandidateStatus, Priority, RuleResult } from './decision-result.js';
import type { DecisionScope } from './decision-scope.js';

/** A candidate on its way through one decision. Stages add to it; nothing is taken away. */
export type CandidateState = {
  readonly candidate: CompiledCandidate;
  readonly rules: RuleResult[];
  status: CandidateStatus;
  /** Its reasons may be worked out when they are read: read them of what was chosen only. */
  score: PropensityScore | null;
  priority: Priority | null;
  shape: Contender['shape'] | null;
  rank: number | null;
  probability: number;
};

export function addRule(state: CandidateState, result: RuleResult): void {
  state.rules.push(result);
  if (result.passed || state.status === 'out') return;
  state.status = result.effect === 'hold' ? 'held' : 'out';
}

/** Runs every rule, also after one has failed, so that the record says all there is to say. */
export function runRules(candidate: CompiledCandidate, scope: DecisionScope): CandidateState {
  const state: CandidateState = {
    candidate,
    rules: [],
    status: 'qualified',
    score: null,
    priority: null,
    shape: null,
    rank: null,
    probability: 0,
  };
  for (const rule of candidate.rules) addRule(state, rule(scope));
  return state;
}

const MOST_STEPS = 16;

/**
 * When a held candidate comes free: when the last rule that holds it lets go, moved on past the quiet hours and days that
 * are reached then. null = not known.
 */
export function freeAt(state: CandidateState, scope: DecisionScope): Date | null {
  let at = scope.now;
  for (const rule of state.rules) {
    if (rule.passed) continue;
    if (rule.until === undefined) return null;
    at = Math.max(at, rule.until.getTime());
  }
  const { timeZone } = scope.input.profile;
  const { quietHours, allowedDays } = state.candidate.contact;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const local = localTime(at, timeZone);
    const quiet = quietHours.find((rule) => isQuiet(rule, local));
    const wrongDay = allowedDays.find((rule) => !isAllowedDay(rule, local));
    if (quiet === undefined && wrongDay === undefined) return new Date(at);
    const next = quiet === undefined ? undefined : quietUntil(quiet, at, timeZone);
    at = (next ?? (wrongDay === undefined ? new Date(at) : nextAllowedDay(wrongDay, at, timeZone))).getTime();
  }
  return null;
}
