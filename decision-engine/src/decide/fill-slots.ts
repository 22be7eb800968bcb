import {
  type ChoiceProbabilities,
  type Contender,
  choiceProbabilities,
  drawIndex,
} from '../exploration/choice-probabilities.js';
import type { ExplorationSettings } from '../exploration/exploration-settings.js';
import { seededRandom } from '../exploration/seeded-random.js';
import type { Diversity } from '../policy/policies.js';
import { type CandidateState, freeAt } from './candidate-state.js';
import { choiceReasons } from './choice-reasons.js';
import type { ChosenAction, DecisionResult, RuleResult } from './decision-result.js';
import type { DecisionScope } from './decision-scope.js';
import { contactIdentity } from './rules/contact-rules.js';
import { drop } from './rules/rule.js';

export type FilledSlots = Pick<DecisionResult, 'chosen' | 'slotNotes'>;
type SlotNote = DecisionResult['slotNotes'][number];

const GREEDY: ExplorationSettings = { strategy: 'greedy' };

/** What the slots before rule out for a candidate; undefined = nothing. */
function conflict(
  state: CandidateState,
  taken: readonly CandidateState[],
  { scope, diversity }: { readonly scope: DecisionScope; readonly diversity: Diversity },
): RuleResult | undefined {
  const { action } = state.candidate;
  const sameGroup = taken.filter((other) => other.candidate.action.group === action.group).length;
  const { maxPerGroup, maxPerIssue } = diversity;
  if (maxPerGroup !== undefined && sameGroup >= maxPerGroup) {
    return drop(
      { stage: 'arbitration', rule: 'diversity' },
      `group ${action.group} has its ${maxPerGroup} slots`,
    );
  }
  const sameIssue = taken.filter((other) => other.candidate.action.issue === action.issue).length;
  if (maxPerIssue !== undefined && sameIssue >= maxPerIssue) {
    return drop(
      { stage: 'arbitration', rule: 'diversity' },
      `issue ${action.issue} has its ${maxPerIssue} slots`,
    );
  }
  for (const rule of state.candidate.contact.frequency) {
    const result = rule(scope);
    if (!result.passed) return result;
  }
  return undefined;
}

function contenderOf(state: CandidateState): Contender {
  const { priority, shape } = state;
  if (priority === null || shape === null)
    throw new Error(`Expected ${state.candidate.key} to be scored before the choice`);
  return {
    priority: priority.priority,
    propensity: priority.propensity,
    standardError: priority.standardError,
    shape,
  };
}

type Choice = {
  readonly state: CandidateState;
  readonly index: number;
  readonly odds: ChoiceProbabilities;
  readonly pool: readonly CandidateState[];
};

function choose(
  pool: readonly CandidateState[],
  settings: ExplorationSettings,
  seed: string,
): Choice | undefined {
  const mandatory = pool.filter((state) => state.candidate.action.class === 'mandatory');
  const choosable = mandatory.length > 0 ? mandatory : pool;
  const odds = choiceProbabilities(
    choosable.map(contenderOf),
    mandatory.length > 0 ? GREEDY : settings,
    seededRandom(`${seed}:simulate`),
  );
  const index = drawIndex(odds.probabilities, seededRandom(seed));
  const state = choosable[index];
  return state === undefined ? undefined : { state, index, odds, pool: choosable };
}

function describeChoice(
  { state, index, odds, pool }: Choice,
  slot: number,
  scope: DecisionScope,
): ChosenAction {
  const { candidate, priority } = state;
  const probability = odds.probabilities[index] ?? 0;
  const best = Math.max(...pool.map((other) => other.priority?.priority ?? 0));
  const explored = (priority?.priority ?? 0) < best - 1e-12 * Math.abs(best);
  return {
    slot,
    actionId: candidate.action.actionId,
    treatmentId: candidate.treatment.treatmentId,
    channel: candidate.treatment.channel,
    group: candidate.action.group,
    class: candidate.action.class,
    priority: priority?.priority ?? 0,
    propensity: priority?.propensity ?? 0,
    value: priority?.value ?? 0,
    probability,
    probabilityMethod: odds.method,
    probabilityError: odds.draws === 0 ? 0 : Math.sqrt((probability * (1 - probability)) / odds.draws),
    explored,
    reasons: choiceReasons(state, explored),
    notBefore: state.status === 'held' ? (freeAt(state, scope) ?? undefined) : undefined,
  };
}

/**
 * Fills the slots one after the other. Each slot's probabilities are over the candidates still open, given the slots before
 * it; an action is shown once, whatever its channels; what a slot takes counts against limits and diversity at once.
 */
export function fillSlots(
  ranked: readonly CandidateState[],
  settings: ExplorationSettings,
  { scope, diversity }: { readonly scope: DecisionScope; readonly diversity: Diversity },
): FilledSlots {
  const chosen: ChosenAction[] = [];
  const slotNotes: SlotNote[] = [];
  const taken: CandidateState[] = [];
  let open = [...ranked];
  const { seed, context } = scope.input;
  for (let slot = 0; slot < context.slots && open.length > 0; slot += 1) {
    const choice = choose(open, settings, `${seed}:slot:${slot}`);
    if (choice === undefined) break;
    if (slot === 0) {
      choice.pool.forEach((state, index) => {
        state.probability = choice.odds.probabilities[index] ?? 0;
      });
    }
    chosen.push(describeChoice(choice, slot, scope));
    taken.push(choice.state);
    scope.addContact({
      ...contactIdentity(choice.state.candidate),
      class: choice.state.candidate.action.class,
      tags: choice.state.candidate.action.tags,
      at: scope.input.now,
      outcome: 'reserved',
      decisionId: seed,
    });
    if (slot + 1 >= context.slots) break;
    open = open.filter((state) => {
      if (state.candidate.action.actionId === choice.state.candidate.action.actionId) return false;
      const rule = conflict(state, taken, { scope, diversity });
      if (rule === undefined) return true;
      const { action, treatment } = state.candidate;
      slotNotes.push({ slot: slot + 1, actionId: action.actionId, treatmentId: treatment.treatmentId, rule });
      return false;
    });
  }
  return { chosen, slotNotes };
}
