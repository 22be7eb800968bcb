import { z } from 'zod';
import { currentDecision } from '../../engine/current-decision.js';
import { ApiError } from '../api-error.js';
import { decide, decideBatch, explain, feedback, getDecision } from '../calls/decide.js';
import { getDecisions } from '../calls/list-decisions.js';
import {
  decideBatchRequest,
  decideRequest,
  decisionQuery,
  decisionsQuery,
  feedbackRequest,
} from '../shapes/decision.js';
import { callerProcedure, once, permitted, router } from './trpc.js';

export const decisionRouter = router({
  decide: callerProcedure('decide')
    .input(decideRequest)
    .mutation(({ ctx, input }) => once(ctx, { operation: 'decide', body: input }, () => decide(ctx, input))),
  decideBatch: callerProcedure('decide')
    .input(decideBatchRequest)
    .mutation(async ({ ctx, input }) => {
      await ctx.count(ctx.caller, input.requests.length - 1);
      return once(ctx, { operation: 'decideBatch', body: input }, () => decideBatch(ctx, input));
    }),
  explain: callerProcedure('read')
    .input(decideRequest)
    .query(({ ctx, input }) => explain(ctx, input)),
  forCustomer: permitted('decisions:answer')
    .input(z.strictObject({ customerId: z.string().min(1).max(64) }))
    .mutation(async ({ ctx, input }) => {
      const answer = await currentDecision(ctx.engine, input.customerId);
      if (answer === null) throw new ApiError('unknown_customer', 'No customer has this identity');
      return answer;
    }),
  feedback: callerProcedure('feedback')
    .input(feedbackRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'feedback', body: input }, () => feedback(ctx, input)),
    ),
  list: callerProcedure('read')
    .input(decisionsQuery)
    .query(({ ctx, input }) => getDecisions(ctx, input)),
  get: callerProcedure('read')
    .input(decisionQuery)
    .query(({ ctx, input }) => getDecision(ctx, input)),
});
