import { featureRecord, featureValues } from '@segue/models';
import type { DecideAnswer, DecideRequest, RankedAction } from '../api/shapes/decision.js';
import type { Reason } from '../api/shapes/reason.js';
import type { Action } from '../catalogue/action.js';
import type { Channel, Placement } from '../catalogue/ids.js';
import type { Profile } from '../customers/profile.js';
import type { PropensityScore, ScoreRequest } from '../decide/decide-input.js';
import type { ChosenAction } from '../decide/decision-result.js';
import { packCandidates } from '../decide/pack-candidates.js';
import { churnView } from '../scoring/churn-view.js';
import type { ScoreReason, Scorers } from '../scoring/scorers.js';
import type { DecidingRules } from './deciding-rules.js';
import { DECISION_SCHEMA_VERSION, type DecisionDocument } from './decision-document.js';
import { decisionProfileOf } from './decision-profile-of.js';
import type { TreatmentWriter } from './treatment-text.js';

export type DecisionToMake = {
  readonly decisionId: string;
  readonly profile: Profile;
  readonly request: Pick<DecideRequest, 'channel' | 'placement' | 'slots' | 'context'>;
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
  const { decisionId, profile, request, now } = toMake;
  const { rules, scorers } = using;
  const values = featureValues(profile.features, now);
  const churn = churnView(scorers.churn, profile, { now, values });
  const modelReasons = new Map<string, readonly ScoreReason[]>();
  const result = rules.decide({
    profile: decisionProfileOf({
      profile,
      features: featureRecord(profile.features, now),
      churn,
      catalogue: rules.catalogue,
    }),
    context: {
      channels: [request.channel as Channel],
      placement: request.placement as Placement | undefined,
      slots: request.slots,
      topic: textFact(request.context, 'topic') ?? openTopic(profile),
      page: textFact(request.context, 'page'),
      facts: request.context,
    },
    scorePropensity: (candidates) => {
      const scores = scoreCandidates(candidates, { toMake, using, values });
      candidates.forEach((candidate, index) => {
        modelReasons.set(candidateKey(candidate), scores[index]?.modelReasons ?? []);
      });
      return scores.map(({ score }) => score);
    },
    now,
    seed: toMake.seed ?? decisionId,
    modelVersions: modelVersions(scorers),
  });
  return {
    _id: decisionId,
    schemaVersion: DECISION_SCHEMA_VERSION,
    customerId: profile.customerId,
    channel: request.channel,
    placement: request.placement ?? null,
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
    outcomes: [],
    deliveries: [],
  };
}

function candidateKey({ actionId, treatmentId }: Pick<ChosenAction, 'actionId' | 'treatmentId'>): string {
  return `${actionId}\n${treatmentId}`;
}

function textFact(context: DecideRequest['context'], name: string): string | undefined {
  const value = context[name];
  return typeof value === 'string' ? value : undefined;
}

function openTopic(profile: Profile): string | undefined {
  return profile.conversation?.open === true && profile.conversation.topic !== ''
    ? profile.conversation.topic
    : undefined;
}

function modelVersions({ churn, propensity }: Scorers): Record<string, string> {
  return {
    ...(churn === null ? {} : { churn: churn.version }),
    ...(propensity === null ? {} : { propensity: propensity.version }),
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
    state: toMake.profile.features,
    values,
    now: toMake.now,
    timeZone: toMake.profile.timeZone ?? undefined,
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
