import { z } from 'zod';
import { searchCustomers } from '../../customers/search-customers.js';
import { decodeCursor, readTimeline } from '../../customers/timeline.js';
import { actionNameIn } from '../../engine/engine.js';
import { viewCustomer } from '../../engine/view-customer.js';
import { ApiError } from '../api-error.js';
import { readCursor } from '../read-cursor.js';
import { agentProcedure, router } from './trpc.js';

const customerId = z.string().min(1).max(64);

export const customerRouter = router({
  get: agentProcedure.input(z.strictObject({ customerId })).query(async ({ ctx, input }) => {
    const view = await viewCustomer(ctx.engine, input.customerId);
    if (view === null) throw new ApiError('unknown_customer', `There is no customer "${input.customerId}"`);
    return view;
  }),
  timeline: agentProcedure
    .input(
      z.strictObject({
        customerId,
        cursor: z.string().max(1000).optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input }) =>
      readTimeline(ctx.engine.store, {
        customerId: input.customerId,
        cursor: readCursor(input.cursor, decodeCursor),
        limit: input.limit,
        actionName: actionNameIn(ctx.engine),
      }),
    ),
  search: agentProcedure
    .input(z.strictObject({ text: z.string().min(1).max(200) }))
    .query(({ ctx, input }) => searchCustomers(ctx.engine.store, input.text)),
});
