import { getExperiments, getMeasureRows, getMeasures } from '../calls/measures.js';
import { measureRowsQuery, measuresQuery } from '../shapes/measure.js';
import { callerProcedure, router } from './trpc.js';

const reading = callerProcedure('dashboards:read');

export const measureRouter = router({
  report: reading.input(measuresQuery).query(({ ctx, input }) => getMeasures(ctx, input)),
  rows: reading.input(measureRowsQuery).query(({ ctx, input }) => getMeasureRows(ctx, input)),
});

export const experimentRouter = router({
  list: callerProcedure('experiments:read').query(({ ctx }) => getExperiments(ctx)),
});
