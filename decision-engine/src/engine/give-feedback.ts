import { ApiError } from '../api/api-error.js';
import type { FeedbackRequest, OutcomeRecord } from '../api/shapes/decision.js';
import { durationToMs } from '../catalogue/duration.js';
import {
  type FeedbackResult,
  type FeedbackToRecord,
  outcomeRecordOf,
  recordFeedback,
} from '../decisions/record-feedback.js';
import type { Engine } from './engine.js';
import { announceApplied } from './take-events.js';

export type FeedbackGiven = FeedbackRequest & {
  /** When it happened, where that isn't now. */
  readonly at?: Date | undefined;
  /** Through which message, where it wasn't the decision's own treatment. */
  readonly via?: FeedbackToRecord['via'];
  readonly isInHistory?: boolean | undefined;
};

/** Records what came of an action and tells the consoles; the answer says where there was nothing to record it with. */
export async function tryFeedback(
  engine: Engine,
  { at, via, isInHistory, ...request }: FeedbackGiven,
  agent: OutcomeRecord['agent'],
): Promise<FeedbackResult> {
  const { ignoredAfter } = engine.rules().policies.outcomes;
  const result = await recordFeedback(engine.store, {
    request,
    agent,
    at: at ?? engine.clock(),
    via,
    isInHistory,
    ignoredAfterMs: durationToMs(ignoredAfter),
  });
  if (result.kind === 'recorded') {
    const { isNew, customerId, outcome } = result;
    announceApplied(engine, result.applied);
    if (isNew) engine.live.outcomeRecorded(customerId, request.decisionId, outcomeRecordOf(outcome));
  }
  return result;
}

/**
 * Records what came of an action and tells the consoles.
 * @throws ApiError `unknown_decision`, `action_not_in_decision`
 */
export async function giveFeedback(
  engine: Engine,
  request: FeedbackGiven,
  agent: OutcomeRecord['agent'],
): Promise<{ feedbackId: string; recorded: boolean; customerId: string }> {
  const result = await tryFeedback(engine, request, agent);
  switch (result.kind) {
    case 'unknown-decision':
      throw new ApiError('unknown_decision', `There is no decision "${request.decisionId}"`);
    case 'not-in-decision':
      throw new ApiError(
        'action_not_in_decision',
        `Decision "${request.decisionId}" did not offer "${request.actionId}"`,
        {
          issues: [
            {
              path: 'actionId',
              expected: `one of ${result.actionIds.join(', ') || 'none'}`,
              got: request.actionId,
            },
          ],
        },
      );
    case 'recorded':
      return { feedbackId: result.feedbackId, recorded: result.isNew, customerId: result.customerId };
  }
}
