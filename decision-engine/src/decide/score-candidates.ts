import { type CompiledRanking, prioritise } from '../arbitration/prioritise.js';
import { valueText } from '../conditions/compare.js';
import { addRule, type CandidateState } from './candidate-state.js';
import type { PropensityScore } from './decide-input.js';
import type { RuleResult } from './decision-result.js';
import type { DecisionScope } from './decision-scope.js';
import { drop, pass } from './rules/rule.js';

const MINIMUM_PROPENSITY = { stage: 'arbitration', rule: 'least propensity' } as const;
const MINIMUM_PRIORITY = { stage: 'arbitration', rule: 'least priority' } as const;
const UPLIFT = { stage: 'suitability', rule: 'least uplift' } as const;

function scoresFor(states: readonly CandidateState[], scope: DecisionScope): readonly PropensityScore[] {
  const requests = states.map((state) => state.candidate.request);
  const { profile, scorePropensity } = scope.input;
  if (profile.noProfiling) {
    return requests.map((request) => ({ probability: request.startingPropensity, reasons: [] }));
  }
  const scores = scorePropensity(requests);
  if (scores.length !== requests.length) {
    throw new RangeError(
      `Expected scorePropensity to answer ${requests.length} scores, got ${scores.length}`,
    );
  }
  return scores;
}

function checkScore(score: PropensityScore, key: string): void {
  const error = score.standardError ?? 0;
  if (!(score.probability >= 0 && score.probability <= 1) || !(error >= 0)) {
    throw new RangeError(
      `Expected the propensity of ${key} to be a probability with an error >= 0, got ${score.probability} (error ${error})`,
    );
  }
}

function checkUplift(state: CandidateState, score: PropensityScore): void {
  const { minimumUplift } = state.candidate.action;
  if (minimumUplift === undefined) return;
  if (score.uplift === undefined) {
    addRule(state, pass(UPLIFT, 'no uplift measured yet'));
    return;
  }
  const detail = `raises the probability by ${valueText(score.uplift)}, wanted at least ${valueText(minimumUplift)}`;
  const compared = { uplift: score.uplift, minimum: minimumUplift };
  addRule(
    state,
    score.uplift >= minimumUplift ? pass(UPLIFT, detail, compared) : drop(UPLIFT, detail, compared),
  );
}

/** What nearly all candidates hear, as one result for all of them: each one's own number stands in its priority. */
const ENOUGH = new WeakMap<CompiledRanking, RuleResult>();

function enoughPriority(ranking: CompiledRanking): RuleResult {
  const known = ENOUGH.get(ranking);
  if (known !== undefined) return known;
  const enough = pass(MINIMUM_PRIORITY, `priority at least ${valueText(ranking.minimumPriority)}`);
  ENOUGH.set(ranking, enough);
  return enough;
}

function checkMinimums(state: CandidateState, ranking: CompiledRanking): void {
  const { priority } = state;
  if (priority === null || state.candidate.action.class !== 'promotional') return;
  if (ranking.minimumPropensity > 0) {
    const detail = `propensity ${valueText(priority.propensity)}, wanted at least ${valueText(ranking.minimumPropensity)}`;
    const enough = priority.propensity >= ranking.minimumPropensity;
    addRule(state, enough ? pass(MINIMUM_PROPENSITY, detail) : drop(MINIMUM_PROPENSITY, detail));
  }
  if (priority.priority >= ranking.minimumPriority) {
    addRule(state, enoughPriority(ranking));
    return;
  }
  const detail = `priority ${valueText(priority.priority)}, wanted at least ${valueText(ranking.minimumPriority)}`;
  addRule(state, drop(MINIMUM_PRIORITY, detail));
}

/** Scores what the rules left, in one call of the model, and works out each priority. */
export function scoreCandidates(
  states: readonly CandidateState[],
  ranking: CompiledRanking,
  scope: DecisionScope,
): void {
  const left = states.filter((state) => state.status !== 'out');
  if (left.length === 0) return;
  const scores = scoresFor(left, scope);
  left.forEach((state, index) => {
    const score = scores[index];
    if (score === undefined) return;
    const { candidate } = state;
    checkScore(score, candidate.key);
    const facts = scope.facts(candidate.treatment.channel, candidate.action.class === 'promotional');
    const { contactCost } = candidate.treatment;
    const { priority, shape } = prioritise({ worth: candidate.worth, contactCost, score }, ranking, facts);
    state.score = score;
    state.priority = priority;
    state.shape = shape;
    checkUplift(state, score);
    checkMinimums(state, ranking);
  });
}
