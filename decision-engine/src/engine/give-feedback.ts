import { ApiError } from '../api/api-error.js';
import type { FeedbackRequest, OutcomeRecord } from '../api/shapes/decision.js';
import { outcomeRecordOf, recordFeedback } from '../decisions/record-feedback.js';
import type { Engine } from './engine.js';
import { announceApplied } from './take-events.js';

/**
 * Records what came of an action and tells the consoles.
 * @throws ApiError `unknown_decision`, `action_not_in_decision`
 */
export async function giveFeedback(
  engine: Engine,
  request: FeedbackRequest,
  agent: OutcomeRecord['agent'],
): Promise<{ feedbackId: string; recorded: boolean; customerId: string }> {
  const result = await recordFeedback(engine.store, { request, agent, at: engine.clock() });
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
    case 'recorded': {
      const { feedbackId, isNew, customerId, outcome } = result;
      announceApplied(engine, result.applied);
      if (isNew) engine.live.outcomeRecorded(customerId, request.decisionId, outcomeRecordOf(outcome));
      return { feedbackId, recorded: isNew, customerId };
    }
  }
}
