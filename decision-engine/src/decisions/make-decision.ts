import type { DecideAnswer, DecideRequest, RankedAction } from '../api/shapes/decision.js';
import type { Reason } from '../api/shapes/reason.js';
import type { Action } from '../catalogue/action.js';
import { durationToMs } from '../catalogue/duration.js';
import type { Channel, Placement } from '../catalogue/ids.js';
import type { Profile } from '../customers/profile.js';
import type { ActionUsage, DecisionContext, PropensityScore, ScoreRequest } from '../decide/decide-input.js';
import type { ChosenAction, DecisionResult } from '../decide/decision-result.js';
import { packCandidates } from '../decide/pack-candidates.js';
import type { ScoreReason, Scorers } from '../scoring/scorers.js';
import { type Claim, hasTotals, newClaim } from '../usage/claim.js';
import { customerFacts, type KnownCustomer } from './customer-facts.js';
import type { DecidingRules } from './deciding-rules.js';
import { DECISION_SCHEMA_VERSION, type DecisionDocument } from './decision-document.js';
import type { TreatmentWriter } from './treatment-text.js';

export type DecisionRequest = Pick<DecideRequest, 'channel' | 'placement' | 'slots' | 'context'> & {
  /** Other channels it may be made for: the next best channel is chosen too. */
  readonly alsoOn?: readonly string[] | undefined;
  /** `later`: what contact rules hold competes too; the record says from when it may go. */
  readonly timing?: 'now' | 'later' | undefined;
};

export type DecisionToMake = {
  readonly decisionId: string;
  readonly customer: KnownCustomer;
  readonly request: DecisionRequest;
  /** What is used of total caps and budgets. */
  readonly usage?: ReadonlyMap<string, ActionUsage> | undefined;
  readonly requestedBy: string;
  readonly now: Date;
  /** Decides every draw; the decision's id where absent. */
  readonly seed?: string;
};

export type DecidingWith = {
  readonly rules: DecidingRules;
  readonly scorers: Scorers;
  readonly write: TreatmentWriter;
};

const REASONS_SHOWN = 3;

/**
 * Makes one decision: scores, decides, and puts the result into the words of the record. Pure: it is handed the
 * profile, the rules, the scorers, the time, the id and the seed.
 */
export function makeDecision(toMake: DecisionToMake, using: DecidingWith): DecisionDocument {
  const { decisionId, customer, request, now, usage } = toMake;
  const { profile } = customer;
  const { rules, scorers } = using;
  const { decisionProfile, values, churn } = customerFacts(customer, { rules, scorers, now });
  const modelReasons = new Map<string, readonly ScoreReason[]>();
  const result = rules.decide({
    profile: decisionProfile,
    context: decisionContextOf(profile, request, now),
    scorePropensity: (candidates) => {
      const scores = scoreCandidates(candidates, { toMake, using, values });
      candidates.forEach((candidate, index) => {
        modelReasons.set(candidateKey(candidate), scores[index]?.modelReasons ?? []);
      });
      return scores.map(({ score }) => score);
    },
    now,
    seed: toMake.seed ?? decisionId,
    usage,
    timing: request.timing,
    modelVersions: modelVersions(scorers),
  });
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
    actions: result.chosen.flatMap((chosen) => rankedAction(chosen, { using, profile, modelReasons })),
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

/** What is going on around the customer: what the caller says, else what the profile tells of the visit and the conversation. */
export function decisionContextOf(profile: Profile, request: DecisionRequest, now: Date): DecisionContext {
  const { channel, alsoOn = [], placement, slots, context } = request;
  return {
    channels: [channel, ...alsoOn] as Channel[],
    placement: placement as Placement | undefined,
    slots,
    topic: textFact(context, 'topic') ?? openTopic(profile),
    page: textFact(context, 'page') ?? currentPage(profile, now),
    intents: intentFacts(context),
    facts: context,
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

function candidateKey({ actionId, treatmentId }: Pick<ChosenAction, 'actionId' | 'treatmentId'>): string {
  return `${actionId}\n${treatmentId}`;
}

function textFact(context: DecideRequest['context'], name: string): string | undefined {
  const value = context[name];
  return typeof value === 'string' ? value : undefined;
}

/** `intents` of the context: one, or several separated by commas. */
function intentFacts(context: DecideRequest['context']): string[] {
  const told = textFact(context, 'intents') ?? '';
  return told
    .split(',')
    .map((intent) => intent.trim())
    .filter((intent) => intent !== '');
}

/** A pause of this length ends a visit, as in the features. */
const VISIT_PAUSE_MS = 30 * 60_000;

/** The page of the visit under way, where the caller names none. */
function currentPage({ page }: Profile, now: Date): string | undefined {
  return page != null && now.getTime() - page.at.getTime() <= VISIT_PAUSE_MS ? page.path : undefined;
}

function openTopic(profile: Profile): string | undefined {
  return profile.conversation?.open === true && profile.conversation.topic !== ''
    ? profile.conversation.topic
    : undefined;
}

function modelVersions({ churn, propensity, value }: Scorers): Record<string, string> {
  return {
    ...(churn === null ? {} : { churn: churn.version }),
    ...(propensity === null ? {} : { propensity: propensity.version }),
    ...(value === null ? {} : { value: value.version }),
  };
}

type Scored = { readonly score: PropensityScore; readonly modelReasons: readonly ScoreReason[] };

/** Without a model, each action starts from the propensity its author gave it, with room to be wrong. */
function scoreCandidates(
  candidates: readonly ScoreRequest[],
  { toMake, using, values }: { toMake: DecisionToMake; using: DecidingWith; values: Float64Array },
): Scored[] {
  const { propensity } = using.scorers;
  if (propensity === null) {
    return candidates.map(({ startingPropensity: probability }) => ({
      score: { probability, standardError: probability / 2, reasons: [] },
      modelReasons: [],
    }));
  }
  const scores = propensity.score({
    state: toMake.customer.profile.features,
    values,
    now: toMake.now,
    timeZone: toMake.customer.profile.timeZone ?? undefined,
    candidates: candidates.map((candidate) => ({
      actionId: candidate.actionId,
      groupId: candidate.group,
      channel: candidate.channel,
      treatmentId: candidate.treatmentId,
      tags: using.rules.action(candidate.actionId)?.tags ?? [],
    })),
  });
  return candidates.map((_, index) => {
    const score = scores[index];
    if (score === undefined) {
      throw new Error(
        `Expected the propensity model to score ${candidates.length} candidates, got ${scores.length}`,
      );
    }
    const { probability, standardError, reasons } = score;
    return {
      score: { probability, standardError, reasons: reasons.map(({ text }) => text) },
      modelReasons: reasons,
    };
  });
}

type Wording = {
  readonly using: DecidingWith;
  readonly profile: Profile;
  readonly modelReasons: ReadonlyMap<string, readonly ScoreReason[]>;
};

function rankedAction(chosen: ChosenAction, { using, profile, modelReasons }: Wording): RankedAction[] {
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
      reasons: reasonsFor(action, chosen, modelReasons.get(candidateKey(chosen)) ?? []),
    },
  ];
}

/** The core's reasons in its order; a reason of the model keeps the number behind it. */
function reasonsFor(action: Action, chosen: ChosenAction, fromModel: readonly ScoreReason[]): Reason[] {
  const numbers = new Map(fromModel.map((reason) => [reason.text, reason]));
  return chosen.reasons.slice(0, REASONS_SHOWN).map((text) => {
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
