import type { ActionId, ExperimentId } from '../catalogue/ids.js';
import {
  type AssignedVariant,
  assignExperiments,
  inGlobalHoldOut,
} from '../experiments/assign-experiments.js';
import type { ExplorationSettings } from '../exploration/exploration-settings.js';
import { type CandidateState, freeAt, runRules } from './candidate-state.js';
import type { CompiledCatalogue } from './compile-decider.js';
import type { DecideInput } from './decide-input.js';
import { decisionOutcome } from './decision-outcome.js';
import type { CandidateResult, DecisionResult } from './decision-result.js';
import { DecisionScope } from './decision-scope.js';
import { withIntents } from './derive-intents.js';
import { fillSlots } from './fill-slots.js';
import { rankCandidates, settleFallbacks } from './rank-candidates.js';
import { scoreCandidates } from './score-candidates.js';

const GREEDY: ExplorationSettings = { strategy: 'greedy' };

/**
 * Decides what to do next for one customer: engagement policy, contact policy, scoring, arbitration, exploration. A pure
 * function: the same input gives the same answer, and the record of it is the explanation.
 *
 * @throws RangeError where `scorePropensity` breaks its contract
 */
export function decide(compiled: CompiledCatalogue, asked: DecideInput): DecisionResult {
  const input = withIntents(asked, compiled.intents);
  const { policies } = compiled;
  const { profile, context } = input;
  const { scope, variants, globalHoldOut } = scopeOf(compiled, input);
  const states = [...new Set(context.channels)].flatMap((channel) =>
    (compiled.byChannel.get(channel) ?? []).map((candidate) => runRules(candidate, scope)),
  );
  scoreCandidates(states, rankingOf(compiled, variants), scope);
  const competes = (state: CandidateState): boolean =>
    state.status === 'qualified' || (input.timing === 'later' && state.status === 'held');
  settleFallbacks(states, competes);
  const ranked = rankCandidates(states, input.seed);

  const exploration = explorationOf(compiled, variants, input);
  const { off, ...settings } = exploration;
  const open = ranked.filter(competes);
  const { chosen, slotNotes } = fillSlots(open, settings, { scope, diversity: policies.diversity });
  const chosenStates = chosen.flatMap(
    (choice) =>
      open.find(
        (state) =>
          state.candidate.action.actionId === choice.actionId &&
          state.candidate.treatment.treatmentId === choice.treatmentId,
      ) ?? [],
  );
  return {
    customerId: profile.customerId,
    decidedAt: input.now,
    seed: input.seed,
    outcome: decisionOutcome(states, chosenStates, context.channels),
    chosen,
    held: ranked.filter((state) => state.status === 'held').map((state) => heldAction(state, scope)),
    candidates: states.map(candidateResult),
    slotNotes,
    intents: context.intents ?? [],
    exploration: off === undefined ? settings : exploration,
    experiments: variants.map(({ experimentId, variantId, layer }) => ({ experimentId, variantId, layer })),
    globalHoldOut,
    versions: { ...compiled.versions, models: input.modelVersions ?? {} },
  };
}

/** What a decision or a recheck starts from: the customer's experiments and the state its rules share. */
export function scopeOf(
  compiled: CompiledCatalogue,
  input: DecideInput,
): {
  readonly scope: DecisionScope;
  readonly variants: readonly AssignedVariant[];
  readonly globalHoldOut: boolean;
} {
  const { experiments, contact, globalHoldOut: holdOut } = compiled.policies;
  const { bucketingKey } = input.profile;
  const variants = assignExperiments(experiments, bucketingKey, input.now.getTime());
  const globalHoldOut = inGlobalHoldOut(holdOut, bucketingKey);
  const scope = new DecisionScope(input, contact, { globalHoldOut, withheld: withheldBy(variants) });
  return { scope, variants, globalHoldOut };
}

function withheldBy(variants: readonly AssignedVariant[]): Map<ActionId, ExperimentId> {
  return new Map(
    variants.flatMap(({ variant, experimentId }) =>
      variant.withhold.map((actionId) => [actionId, experimentId] as const),
    ),
  );
}

function rankingOf(
  compiled: CompiledCatalogue,
  variants: readonly AssignedVariant[],
): CompiledCatalogue['ranking'] {
  for (const { experimentId, variantId } of variants) {
    const ranking = compiled.variantRankings.get(`${experimentId}/${variantId}`);
    if (ranking !== undefined) return ranking;
  }
  return compiled.ranking;
}

function explorationOf(
  compiled: CompiledCatalogue,
  variants: readonly AssignedVariant[],
  { profile, context }: DecideInput,
): DecisionResult['exploration'] {
  if (profile.noProfiling) return { ...GREEDY, off: 'the customer objected to profiling' };
  const policy = variants.find(({ variant }) => variant.exploration !== undefined)?.variant.exploration;
  const { placements, default: everywhere } = policy ?? compiled.policies.exploration;
  const { placement } = context;
  if (placement === undefined || !Object.hasOwn(placements, placement)) return everywhere;
  return placements[placement] ?? everywhere;
}

function heldAction(state: CandidateState, scope: DecisionScope): DecisionResult['held'][number] {
  const { action, treatment } = state.candidate;
  return {
    actionId: action.actionId,
    treatmentId: treatment.treatmentId,
    channel: treatment.channel,
    until: freeAt(state, scope),
  };
}

function candidateResult(state: CandidateState): CandidateResult {
  const { action, treatment } = state.candidate;
  return {
    actionId: action.actionId,
    treatmentId: treatment.treatmentId,
    channel: treatment.channel,
    group: action.group,
    issue: action.issue,
    class: action.class,
    status: state.status,
    rules: state.rules,
    priority: state.priority,
    rank: state.rank,
    probability: state.probability,
  };
}
