import type { DecisionDocument } from '../../decisions/decision-document.js';
import { decisionRecordOf } from '../../decisions/decision-record.js';
import { decideFor, explainFor } from '../../engine/decide-for.js';
import { actionNameIn } from '../../engine/engine.js';
import { giveFeedback } from '../../engine/give-feedback.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import type {
  DecideAnswer,
  DecideBatchAnswer,
  DecideBatchRequest,
  DecideRequest,
  DecisionRecord,
  ExplainAnswer,
  FeedbackRequest,
} from '../shapes/decision.js';

function unknownCustomer(): ApiError {
  return new ApiError('unknown_customer', 'No customer has this identity');
}

/** @throws ApiError `unknown_customer` */
export async function decide({ engine, caller }: Call, request: DecideRequest): Promise<DecideAnswer> {
  const answer = await decideFor(engine, request, callerName(caller));
  if (answer === null) throw unknownCustomer();
  return answer;
}

/** Decides for many customers; one that is not known doesn't spoil the others. */
export async function decideBatch(
  { engine, caller }: Call,
  { requests }: DecideBatchRequest,
): Promise<DecideBatchAnswer> {
  const requestedBy = callerName(caller);
  const results = await Promise.all(
    requests.map(async (request): Promise<DecideBatchAnswer['results'][number]> => {
      const answer = await decideFor(engine, request, requestedBy);
      if (answer !== null) return { ok: true, answer };
      return { ok: false, error: { code: 'unknown_customer', message: unknownCustomer().message } };
    }),
  );
  return { results };
}

/**
 * What `decide` would answer now, with every candidate and rule. Nothing is written and nobody is told.
 * @throws ApiError `unknown_customer`
 */
export async function explain({ engine, caller }: Call, request: DecideRequest): Promise<ExplainAnswer> {
  const decision = await explainFor(engine, request, { requestedBy: callerName(caller) });
  if (decision === null) throw unknownCustomer();
  const { decisionId, outcomes, requestedBy, ...answer } = decisionRecordOf(decision, actionNameIn(engine));
  return { ...answer, exploration: decision.exploration };
}

/** @throws ApiError `unknown_decision`, `action_not_in_decision` */
export async function feedback(
  { engine, caller, changed }: Call,
  request: FeedbackRequest,
): Promise<{ feedbackId: string; recorded: boolean }> {
  const agent = caller.kind === 'agent' ? { agentId: caller.agent.agentId, name: caller.agent.name } : null;
  const { feedbackId, recorded, customerId } = await giveFeedback(engine, request, agent);
  changed([customerId]);
  return { feedbackId, recorded };
}

/** @throws ApiError `unknown_decision` */
export async function getDecision(
  { engine }: Call,
  { decisionId }: { readonly decisionId: string },
): Promise<DecisionRecord> {
  const decision = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  if (decision === null) throw new ApiError('unknown_decision', `There is no decision "${decisionId}"`);
  return decisionRecordOf(decision, actionNameIn(engine));
}
