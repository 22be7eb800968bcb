import { z } from 'zod';
import type { DecisionDocument } from '../../decisions/decision-document.js';
import { decisionRecordOf } from '../../decisions/decision-record.js';
import { currentDecision } from '../../engine/current-decision.js';
import { decideFor } from '../../engine/decide-for.js';
import { actionNameIn } from '../../engine/engine.js';
import { giveFeedback } from '../../engine/give-feedback.js';
import { ApiError } from '../api-error.js';
import { callerName } from '../caller.js';
import { decideRequest, feedbackRequest } from '../shapes/decision.js';
import { agentProcedure, callerProcedure, router } from './trpc.js';

const unknownCustomer = () => new ApiError('unknown_customer', 'No customer has this identity');

export const decisionRouter = router({
  decide: callerProcedure('decide')
    .input(decideRequest)
    .mutation(async ({ ctx, input }) => {
      const answer = await decideFor(ctx.engine, input, callerName(ctx.caller));
      if (answer === null) throw unknownCustomer();
      return answer;
    }),
  forCustomer: agentProcedure
    .input(z.strictObject({ customerId: z.string().min(1).max(64) }))
    .mutation(async ({ ctx, input }) => {
      const answer = await currentDecision(ctx.engine, input.customerId);
      if (answer === null) throw unknownCustomer();
      return answer;
    }),
  feedback: callerProcedure('feedback')
    .input(feedbackRequest)
    .mutation(async ({ ctx, input }) => {
      const { caller } = ctx;
      const agent =
        caller.kind === 'agent' ? { agentId: caller.agent.agentId, name: caller.agent.name } : null;
      const { feedbackId, recorded, customerId } = await giveFeedback(ctx.engine, input, agent);
      ctx.changed([customerId]);
      return { feedbackId, recorded };
    }),
  get: callerProcedure('read')
    .input(z.strictObject({ decisionId: z.string().min(1).max(64) }))
    .query(async ({ ctx, input }) => {
      const decision = await ctx.engine.store.decisions
        .findById(input.decisionId)
        .lean<DecisionDocument | null>();
      if (decision === null)
        throw new ApiError('unknown_decision', `There is no decision "${input.decisionId}"`);
      return decisionRecordOf(decision, actionNameIn(ctx.engine));
    }),
});
