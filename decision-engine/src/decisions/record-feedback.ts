import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { FeedbackRequest, OutcomeRecord, RankedAction } from '../api/shapes/decision.js';
import type { Applied } from '../customers/apply-pending.js';
import type { CustomerId } from '../customers/profile.js';
import { ingestForCustomer } from '../events/ingest-events.js';
import type { Store } from '../store/store.js';
import { settleClaim } from '../usage/settle-claim.js';
import type { DecisionDocument, StoredOutcome } from './decision-document.js';

export type FeedbackToRecord = {
  readonly request: FeedbackRequest;
  /** What is shown and has no answer for this long is ignored. Milliseconds. */
  readonly ignoredAfterMs: number;
  /** The agent who gave it; null when it came through the API or a channel. */
  readonly agent: OutcomeRecord['agent'];
  readonly at: Date;
  /** It came as an event, which is part of the customer's history already. */
  readonly isInHistory?: boolean | undefined;
  /** The message it came through, where that wasn't the decision's own treatment: the e-mail to what an agent said. */
  readonly via?: { readonly channel: string; readonly treatmentId?: string } | undefined;
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
  { request, ignoredAfterMs, agent, at, via, isInHistory }: FeedbackToRecord,
): Promise<FeedbackResult> {
  const decision = await store.decisions
    .findById(request.decisionId, { candidates: 0, deliveries: 0 })
    .lean<Omit<DecisionDocument, 'candidates' | 'deliveries'> | null>();
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
  const due = new Date(outcome.at.getTime() + ignoredAfterMs);
  const written = await store.decisions.updateOne(
    { _id: request.decisionId, 'outcomes.feedbackId': { $ne: feedbackId } },
    {
      $push: { outcomes: outcome },
      ...(outcome.outcome === 'shown' ? { $min: { ignoredDueAt: due } } : {}),
    },
  );
  if (decision.claims !== undefined) {
    await settleClaim(store, request.decisionId, { actionId: request.actionId, outcome: outcome.outcome });
  }
  const customerId = decision.customerId as CustomerId;
  const isNew = written.modifiedCount === 1;
  // A card that stayed on the screen is the contact it was; only an answer is news.
  const continued = outcome.outcome === 'shown' && decision.continues !== undefined && via === undefined;
  const applied =
    continued || isInHistory === true
      ? new Map<CustomerId, Applied>()
      : (await ingestForCustomer(store, customerId, [outcomeEvent(decision, action, { outcome, via })]))
          .applied;
  return { kind: 'recorded', feedbackId, isNew, customerId, outcome, applied };
}

/** How an outcome reaches the customer's history. Its id is made from the feedback's, so it does so once. */
function outcomeEvent(
  decision: Pick<DecisionDocument, '_id' | 'continues' | 'requestedBy'>,
  action: RankedAction,
  { outcome, via }: { readonly outcome: StoredOutcome; readonly via: FeedbackToRecord['via'] },
): Parameters<typeof ingestForCustomer>[2][number] {
  return {
    messageId: `outcome:${decision._id}:${outcome.feedbackId}`,
    type: 'track',
    name: OUTCOME_EVENT_NAMES[outcome.outcome],
    timestamp: outcome.at,
    receivedAt: outcome.at,
    properties: {
      decision_id: decision.continues ?? decision._id,
      action_id: action.actionId,
      group_id: action.group,
      treatment_id: via?.treatmentId ?? action.treatment.treatmentId,
      channel: via?.channel ?? action.treatment.channel,
      requested_by: decision.requestedBy,
      ...(outcome.value === null ? {} : { value: outcome.value }),
      ...(outcome.note === null ? {} : { note: outcome.note }),
      ...(outcome.until === null ? {} : { until: outcome.until.toISOString() }),
    },
    context: {},
  };
}

export function outcomeRecordOf({ at, until, ...outcome }: StoredOutcome): OutcomeRecord {
  return { ...outcome, at: at.toISOString(), until: until?.toISOString() ?? null };
}
