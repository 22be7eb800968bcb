import { customerTimeline, findCustomers, getCustomer, resolveCustomer } from '../calls/customers.js';
import { getRuns } from '../calls/journey-runs.js';
import { customerMergesOf, listConflicts, undoOneMerge } from '../calls/merges.js';
import { customerQuery, customerSearch, resolveRequest, timelineRequest } from '../shapes/customer.js';
import { customerRunsQuery } from '../shapes/journey.js';
import { conflictQuery, undoMergeRequest } from '../shapes/merge.js';
import { callerProcedure, router } from './trpc.js';

const reading = callerProcedure('customers:read');

export const customerRouter = router({
  get: reading.input(customerQuery).query(({ ctx, input }) => getCustomer(ctx, input)),
  timeline: reading.input(timelineRequest).query(({ ctx, input }) => customerTimeline(ctx, input)),
  resolve: reading.input(resolveRequest).query(({ ctx, input }) => resolveCustomer(ctx, input)),
  search: reading.input(customerSearch).query(({ ctx, input }) => findCustomers(ctx, input)),
  runs: reading.input(customerRunsQuery).query(({ ctx, input }) => getRuns(ctx, input)),
  merges: reading.input(customerQuery).query(({ ctx, input }) => customerMergesOf(ctx, input)),
  conflicts: reading.input(conflictQuery).query(({ ctx, input }) => listConflicts(ctx, input)),
  unmerge: callerProcedure('customers:unmerge')
    .input(undoMergeRequest)
    .mutation(({ ctx, input }) => undoOneMerge(ctx, input)),
});
