import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiKeyScope } from '../../access/api-key-document.js';
import type { DecisionDocument } from '../../decisions/decision-document.js';
import { decisionRecordOf } from '../../decisions/decision-record.js';
import { decideFor } from '../../engine/decide-for.js';
import { actionNameIn } from '../../engine/engine.js';
import { giveFeedback } from '../../engine/give-feedback.js';
import { ApiError } from '../api-error.js';
import { callerName, identifyCaller, requireScope } from '../caller.js';
import { parseRequest } from '../parse-request.js';
import type { Running } from '../running.js';
import { decideRequest, feedbackRequest } from '../shapes/decision.js';

/** The REST twin of the tRPC decision procedures, for apps. */
export function decisionRoutes(server: FastifyInstance, running: () => Running): void {
  const authorise = async (request: FastifyRequest, scope: ApiKeyScope) => {
    const { authorization } = request.headers;
    return requireScope(
      await identifyCaller(running().engine, { authorization, sessionToken: undefined }),
      scope,
    );
  };

  server.post('/v1/decide', async (request) => {
    const caller = await authorise(request, 'decide');
    const answer = await decideFor(
      running().engine,
      parseRequest(decideRequest, request.body),
      callerName(caller),
    );
    if (answer === null) throw new ApiError('unknown_customer', 'No customer has this identity');
    return answer;
  });

  server.post('/v1/feedback', async (request) => {
    await authorise(request, 'feedback');
    const { engine, changed } = running();
    const { feedbackId, recorded, customerId } = await giveFeedback(
      engine,
      parseRequest(feedbackRequest, request.body),
      null,
    );
    changed([customerId]);
    return { feedbackId, recorded };
  });

  server.get<{ Params: { decisionId: string } }>('/v1/decisions/:decisionId', async (request) => {
    await authorise(request, 'read');
    const { decisionId } = request.params;
    const decision = await running()
      .engine.store.decisions.findById(decisionId)
      .lean<DecisionDocument | null>();
    if (decision === null) throw new ApiError('unknown_decision', `There is no decision "${decisionId}"`);
    return decisionRecordOf(decision, actionNameIn(running().engine));
  });
}
