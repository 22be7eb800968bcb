import {
  getModels,
  getModelVersion,
  getShadowScores,
  measureModelDrift,
  promoteModel,
  rollBackChampion,
  shadowModel,
} from '../calls/models.js';
import {
  modelQuery,
  modelVersionQuery,
  promoteRequest,
  shadowQuery,
  shadowRequest,
} from '../shapes/model.js';
import { callerProcedure, once, router } from './trpc.js';

const reading = callerProcedure('models:read');
const promoting = callerProcedure('models:promote');

export const modelRouter = router({
  list: reading.query(({ ctx }) => getModels(ctx)),
  version: reading.input(modelVersionQuery).query(({ ctx, input }) => getModelVersion(ctx, input)),
  shadowScores: reading.input(shadowQuery).query(({ ctx, input }) => getShadowScores(ctx, input)),
  promote: promoting
    .input(promoteRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'promoteModel', body: input }, () => promoteModel(ctx, input)),
    ),
  rollBack: promoting
    .input(modelQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'rollBackModel', body: input }, () => rollBackChampion(ctx, input)),
    ),
  setShadow: promoting
    .input(shadowRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'shadowModel', body: input }, () => shadowModel(ctx, input)),
    ),
  measureDrift: promoting
    .input(modelQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'measureModelDrift', body: input }, () => measureModelDrift(ctx, input)),
    ),
});
