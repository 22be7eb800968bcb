import { redeemOffer } from '../../offers/redeem-offer.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type { RedeemAnswer, RedeemRequest } from '../shapes/offer.js';

/** @throws ApiError `unknown_offer_code`, `offer_expired`, `offer_redeemed` */
export async function redeem({ engine, changed }: Call, request: RedeemRequest): Promise<RedeemAnswer> {
  const redeemed = await redeemOffer(engine, request);
  switch (redeemed.kind) {
    case 'unknown':
      throw new ApiError('unknown_offer_code', 'Nobody was given this code');
    case 'expired':
      throw new ApiError('offer_expired', `This code was valid until ${redeemed.validUntil.toISOString()}`);
    case 'already':
      throw new ApiError('offer_redeemed', `This offer was redeemed at ${redeemed.at.toISOString()}`);
    case 'redeemed': {
      const { _id: code, offerId, customerId } = redeemed.offer;
      changed([customerId]);
      return { code, offerId, customerId, redeemed: redeemed.isNew };
    }
  }
}
