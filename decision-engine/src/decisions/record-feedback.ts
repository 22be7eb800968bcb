import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { FeedbackRequest, OutcomeRecord } from '../api/shapes/decision.js';
import type { Applied } from '../customers/apply-pending.js';
import type { CustomerId } from '../customers/profile.js';
import { ingestForCustomer } from '../events/ingest-events.js';
import type { Store } from '../store/store.js';
import type { DecisionDocument, StoredOutcome } from './decision-document.js';

export type FeedbackToRecord = {
  readonly request: FeedbackRequest;
  /** The agent who gave it; null when it came through the API or a channel. */
  readonly agent: OutcomeRecord['agent'];
  readonly at: Date;
};

export type FeedbackResult =
  | { readonly kind: 'unknown-decision' }
  | { readonly kind: 'not-in-decision'; readonly actionIds: readonly string[] }
  | {
      readonly kind: 'recorded';
      readonly feedbackId: string;
      /** False when it had been recorded before. */
      readonly isNew: boolean;
      readonly customerId: CustomerId;
      readonly outcome: StoredOutcome;
      readonly applied: ReadonlyMap<CustomerId, Applied>;
    };

/**
 * Keeps what came of an action: once in the decision's record and once in the customer's history, where contact
 * policies and models see it. Both writes are idempotent by the feedback's id, so a crash in between is mended by
 * sending it again.
 */
export async function recordFeedback(
  store: Store,
  { request, agent, at }: FeedbackToRecord,
): Promise<FeedbackResult> {
  const decision = await store.decisions
    .findById(request.decisionId, { customerId: 1, actions: 1, channel: 1, outcomes: 1 })
    .lean<Pick<DecisionDocument, '_id' | 'customerId' | 'actions' | 'channel' | 'outcomes'> | null>();
  if (decision === null) return { kind: 'unknown-decision' };
  const action = decision.actions.find(({ actionId }) => actionId === request.actionId);
  if (action === undefined) {
    return { kind: 'not-in-decision', actionIds: decision.actions.map(({ actionId }) => actionId) };
  }
  const feedbackId = request.feedbackId ?? `${request.decisionId}:${request.actionId}:${request.outcome}`;
  const known = decision.outcomes.find((each) => each.feedbackId === feedbackId);
  const outcome: StoredOutcome = known ?? {
    feedbackId,
    actionId: request.actionId,
    outcome: request.outcome,
    value: request.value ?? null,
    note: request.note ?? null,
    until: request.until === undefined ? null : new Date(request.until),
    at,
    agent,
  };
  const written = await store.decisions.updateOne(
    { _id: request.decisionId, 'outcomes.feedbackId': { $ne: feedbackId } },
    { $push: { outcomes: outcome } },
  );
  const customerId = decision.customerId as CustomerId;
  const { applied } = await ingestForCustomer(store, customerId, [
    {
      messageId: `outcome:${request.decisionId}:${feedbackId}`,
      type: 'track',
      name: OUTCOME_EVENT_NAMES[outcome.outcome],
      timestamp: outcome.at,
      receivedAt: outcome.at,
      properties: {
        decision_id: request.decisionId,
        action_id: action.actionId,
        group_id: action.group,
        treatment_id: action.treatment.treatmentId,
        channel: action.treatment.channel,
        ...(outcome.value === null ? {} : { value: outcome.value }),
        ...(outcome.note === null ? {} : { note: outcome.note }),
        ...(outcome.until === null ? {} : { until: outcome.until.toISOString() }),
      },
      context: {},
    },
  ]);
  return { kind: 'recorded', feedbackId, isNew: written.modifiedCount === 1, customerId, outcome, applied };
}

export function outcomeRecordOf({ at, until, ...outcome }: StoredOutcome): OutcomeRecord {
  return { ...outcome, at: at.toISOString(), until: until?.toISOString() ?? null };
}
