import { customerTimeline, findCustomers, getCustomer, resolveCustomer } from '../calls/customers.js';
import { getRuns } from '../calls/journey-runs.js';
import { customerQuery, customerSearch, resolveRequest, timelineRequest } from '../shapes/customer.js';
import { customerRunsQuery } from '../shapes/journey.js';
import { callerProcedure, router } from './trpc.js';

const reading = callerProcedure('customers:read');

export const customerRouter = router({
  get: reading.input(customerQuery).query(({ ctx, input }) => getCustomer(ctx, input)),
  timeline: reading.input(timelineRequest).query(({ ctx, input }) => customerTimeline(ctx, input)),
  resolve: reading.input(resolveRequest).query(({ ctx, input }) => resolveCustomer(ctx, input)),
  search: reading.input(customerSearch).query(({ ctx, input }) => findCustomers(ctx, input)),
  runs: reading.input(customerRunsQuery).query(({ ctx, input }) => getRuns(ctx, input)),
});
