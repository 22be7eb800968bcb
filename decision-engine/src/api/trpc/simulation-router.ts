import { getSimulation, startSimulation, stopSimulation } from '../calls/simulation.js';
import { simulateRequest, simulationQuery } from '../shapes/simulation.js';
import { callerProcedure, once, router } from './trpc.js';

const reading = callerProcedure('catalogue:read');

export const simulationRouter = router({
  get: reading.input(simulationQuery).query(({ ctx, input }) => getSimulation(ctx, input)),
  start: reading
    .input(simulateRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'startSimulation', body: input }, () => startSimulation(ctx, input)),
    ),
  stop: reading
    .input(simulationQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'stopSimulation', body: input }, () => stopSimulation(ctx, input)),
    ),
});
