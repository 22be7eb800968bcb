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
  /** The model's reasons for one candidate, worked out when asked for. */
  readonly modelReasonsOf: (
    candidate: Pick<ChosenAction, 'actionId' | 'treatmentId'>,
  ) => readonly ScoreReason[];
};

/** Scores and decides. Pure, and the one way there is: decisions, `explain` and `simulate` all come through here. */
export function runDecision(toMake: DecisionToMake, using: Omit<DecidingWith, 'write'>): DecisionRun {
  const { decisionId, customer, request, now, usage } = toMake;
  const { rules, scorers } = using;
  const { decisionProfile, values, churn } = customerFacts(customer, { rules, scorers, now });
  const scored = new Map<string, { readonly reasons: readonly ScoreReason[] }>();
  const result = rules.decide({
    profile: decisionProfile,
    context: decisionContextOf(customer.profile, request, now),
    scorePropensity: (candidates) => scoreCandidates(candidates, { toMake, using, values, scored }),
    now,
    seed: toMake.seed ?? decisionId,
    usage,
    timing: request.timing,
    modelVersions: modelVersions(scorers),
  });
  const modelReasonsOf: DecisionRun['modelReasonsOf'] = (candidate) =>
    scored.get(candidateKey(candidate))?.reasons ?? [];
  return { result, decisionProfile, churn, modelReasonsOf };
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

type Scoring = {
  readonly toMake: DecisionToMake;
  readonly using: Omit<DecidingWith, 'write'>;
  readonly values: Float64Array;
  /** Filled with what the model said of each, by {@link candidateKey}. */
  readonly scored: Map<string, { readonly reasons: readonly ScoreReason[] }>;
};

/** Without a model, each action starts from the propensity its author gave it, with room to be wrong. */
function scoreCandidates(
  candidates: readonly ScoreRequest[],
  { toMake, using, values, scored }: Scoring,
): PropensityScore[] {
  const { propensity } = using.scorers;
  if (propensity === null) {
    return candidates.map(({ startingPropensity: probability }) => ({
      probability,
      standardError: probability / 2,
      reasons: [],
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
  return candidates.map((candidate, index) => {
    const score = scores[index];
    if (score === undefined) {
      throw new Error(
        `Expected the propensity model to score ${candidates.length} candidates, got ${scores.length}`,
      );
    }
    scored.set(candidateKey(candidate), score);
    const { probability, standardError } = score;
    return {
      probability,
      standardError,
      // The model works its reasons out when they are read, which takes longer than the score: only the chosen are asked.
      get reasons() {
        return score.reasons.map(({ text }) => text);
      },
    };
  });
}
