import type { DecideRequest } from '../api/shapes/decision.js';
import type { ChurnView } from '../api/shapes/reason.js';
import type { Channel, Placement } from '../catalogue/ids.js';
import type { Profile } from '../customers/profile.js';
import type { ActionUsage, DecisionContext, PropensityScore, ScoreRequest } from '../decide/decide-input.js';
import type { DecisionProfile } from '../decide/decision-profile.js';
import type { ChosenAction, DecisionResult } from '../decide/decision-result.js';
import type { ScoreReason, Scorers } from '../scoring/scorers.js';
import { customerFacts, type KnownCustomer } from './customer-facts.js';
import type { DecidingRules } from './deciding-rules.js';
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

/** A decision as it came out, before it is put into the words of the record. */
export type DecisionRun = {
  readonly result: DecisionResult;
  readonly decisionProfile: DecisionProfile;
  readonly churn: ChurnView | null;
  /** By {@link candidateKey}. */
  readonly modelReasons: ReadonlyMap<string, readonly ScoreReason[]>;
};

/** Scores and decides. Pure, and the one way there is: decisions, `explain` and `simulate` all come through here. */
export function runDecision(toMake: DecisionToMake, using: Omit<DecidingWith, 'write'>): DecisionRun {
  const { decisionId, customer, request, now, usage } = toMake;
  const { rules, scorers } = using;
  const { decisionProfile, values, churn } = customerFacts(customer, { rules, scorers, now });
  const modelReasons = new Map<string, readonly ScoreReason[]>();
  const result = rules.decide({
    profile: decisionProfile,
    context: decisionContextOf(customer.profile, request, now),
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
  return { result, decisionProfile, churn, modelReasons };
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

export function candidateKey({
  actionId,
  treatmentId,
}: Pick<ChosenAction, 'actionId' | 'treatmentId'>): string {
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
  {
    toMake,
    using,
    values,
  }: { toMake: DecisionToMake; using: Omit<DecidingWith, 'write'>; values: Float64Array },
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
