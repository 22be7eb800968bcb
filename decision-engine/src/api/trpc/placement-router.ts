import { redeem } from '../calls/offers.js';
import { askPlacement, reportPlacement } from '../calls/placements.js';
import { redeemRequest } from '../shapes/offer.js';
import { placementOutcomeRequest, placementRequest } from '../shapes/placement.js';
import { callerProcedure, once, router } from './trpc.js';

export const placementRouter = router({
  ask: callerProcedure('placements')
    .input(placementRequest)
    .mutation(({ ctx, input }) => askPlacement(ctx, input)),
  report: callerProcedure('placements')
    .input(placementOutcomeRequest)
    .mutation(({ ctx, input }) => reportPlacement(ctx, input)),
});

export const offersRouter = router({
  redeem: callerProcedure('feedback')
    .input(redeemRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'redeemOffer', body: input }, () => redeem(ctx, input)),
    ),
});
