import type { DecideAnswer, RankedAction } from '../api/shapes/decision.js';
import type { Reason } from '../api/shapes/reason.js';
import type { Action } from '../catalogue/action.js';
import { durationToMs } from '../catalogue/duration.js';
import type { Profile } from '../customers/profile.js';
import type { ChosenAction, DecisionResult } from '../decide/decision-result.js';
import { packCandidates } from '../decide/pack-candidates.js';
import type { ScoreReason } from '../scoring/scorers.js';
import { type Claim, hasTotals, newClaim } from '../usage/claim.js';
import type { DecidingRules } from './deciding-rules.js';
import { DECISION_SCHEMA_VERSION, type DecisionDocument } from './decision-document.js';
import { type DecidingWith, type DecisionRun, type DecisionToMake, runDecision } from './run-decision.js';

/**
 * Makes one decision: scores, decides, and puts the result into the words of the record. Pure: it is handed the
 * profile, the rules, the scorers, the time, the id and the seed.
 */
export function makeDecision(toMake: DecisionToMake, using: DecidingWith): DecisionDocument {
  const { decisionId, customer, request, now } = toMake;
  const { profile } = customer;
  const { rules } = using;
  const { result, churn, modelReasonsOf } = runDecision(toMake, using);
  const claims = claimsOf(result, rules);
  return {
    _id: decisionId,
    schemaVersion: DECISION_SCHEMA_VERSION,
    customerId: profile.customerId,
    channel: request.channel,
    placement: request.placement ?? null,
    slots: request.slots,
    context: request.context,
    decidedAt: now,
    requestedBy: toMake.requestedBy,
    seed: result.seed,
    actions: result.chosen.flatMap((chosen) => rankedAction(chosen, { using, profile, modelReasonsOf })),
    none: result.outcome.kind === 'none' ? result.outcome.reason : null,
    churn,
    candidates: packCandidates(result.candidates),
    versions: {
      policies: result.versions.policies,
      catalogue: result.versions.catalogue,
      models: { ...result.versions.models },
    },
    exploration: result.exploration.off ?? result.exploration.strategy,
    experiments: [...result.experiments],
    globalHoldOut: result.globalHoldOut,
    intents: [...result.intents],
    held: result.held.map((held) => ({ ...held })),
    ...(claims.length === 0
      ? {}
      : { claims, claimsDueAt: new Date(now.getTime() + durationToMs(rules.policies.contact.reservedFor)) }),
    outcomes: [],
    deliveries: [],
  };
}

/** What it would hold of total caps and budgets; taken when it is kept. */
function claimsOf({ chosen }: DecisionResult, rules: DecidingRules): Claim[] {
  return chosen.flatMap(({ actionId, treatmentId }) => {
    const action = rules.action(actionId);
    const treatment = action?.treatments.find((each) => each.treatmentId === treatmentId);
    return action === undefined || treatment === undefined || !hasTotals(action)
      ? []
      : [newClaim(action, treatment)];
  });
}

type Wording = {
  readonly using: DecidingWith;
  readonly profile: Profile;
  readonly modelReasonsOf: DecisionRun['modelReasonsOf'];
};

function rankedAction(chosen: ChosenAction, { using, profile, modelReasonsOf }: Wording): RankedAction[] {
  const action = using.rules.action(chosen.actionId);
  const treatment = action?.treatments.find(({ treatmentId }) => treatmentId === chosen.treatmentId);
  if (action === undefined || treatment === undefined) return [];
  const text = using.write(treatment, profile);
  return [
    {
      rank: chosen.slot + 1,
      actionId: action.actionId,
      name: action.name,
      issue: action.issue,
      group: action.group,
      class: action.class,
      treatment: {
        treatmentId: treatment.treatmentId,
        channel: treatment.channel,
        title: text.title,
        body: text.body,
        talkTrack: text.talkTrack,
      },
      propensity: chosen.propensity,
      value: chosen.value,
      priority: chosen.priority,
      probability: chosen.probability,
      reasons: reasonsFor(action, chosen, modelReasonsOf(chosen)),
    },
  ];
}

/** The core's reasons in its order; a reason of the model keeps the number behind it. */
function reasonsFor(action: Action, chosen: ChosenAction, fromModel: readonly ScoreReason[]): Reason[] {
  const numbers = new Map(fromModel.map((reason) => [reason.text, reason]));
  return chosen.reasons.map((text) => {
    const number = numbers.get(text);
    return {
      text,
      source: number?.feature ?? action.actionId,
      value: number?.value ?? null,
      contribution: number?.contribution ?? null,
    };
  });
}

/** The stored decision as `decide` answers it. */
export function decideAnswerOf(decision: DecisionDocument): DecideAnswer {
  return {
    decisionId: decision._id,
    customerId: decision.customerId,
    channel: decision.channel,
    decidedAt: decision.decidedAt.toISOString(),
    actions: decision.actions,
    none: decision.none,
    churn: decision.churn,
  };
}
