import { findCustomer } from '../customers/find-customer.js';
import type { CustomerId } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { tryFeedback } from '../engine/give-feedback.js';
import { takeOwnEvents } from '../engine/take-own-events.js';
import { normaliseCode } from './offer-codes.js';
import type { OfferCodeDocument } from './offer-document.js';

export type ToRedeem = {
  readonly code: string;
  readonly orderId: string;
  /** Money it saved. */
  readonly discount?: number | undefined;
};

export type Redeemed =
  /** `isNew` false: this very order redeemed it before. */
  | { readonly kind: 'redeemed'; readonly isNew: boolean; readonly offer: OfferCodeDocument }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired'; readonly validUntil: Date }
  | { readonly kind: 'already'; readonly at: Date };

/** What an earlier redemption means for this order. A repeat finishes what a crash may have left undone. */
function before(offer: OfferCodeDocument, orderId: string): Redeemed | null {
  const { redeemed } = offer;
  if (redeemed === undefined) return null;
  return redeemed.orderId === orderId
    ? { kind: 'redeemed', isNew: false, offer }
    : { kind: 'already', at: redeemed.at };
}

/** Takes the code for this order, if nobody did: one write that finds it free. */
async function take(engine: Engine, { code, orderId }: ToRedeem): Promise<Redeemed> {
  const { store, clock } = engine;
  const now = clock();
  const offer = await store.offerCodes.findById(code).lean<OfferCodeDocument | null>();
  if (offer === null) return { kind: 'unknown' };
  const earlier = before(offer, orderId);
  if (earlier !== null) return earlier;
  // Two customers who turned out to be one have a code each for what they may have once.
  const { customerId, offerId } = offer;
  const twin = await store.offerCodes
    .findOne({ customerId, offerId, redeemed: { $exists: true } })
    .lean<OfferCodeDocument | null>();
  if (twin?.redeemed !== undefined) return { kind: 'already', at: twin.redeemed.at };
  if (offer.validUntil.getTime() <= now.getTime()) return { kind: 'expired', validUntil: offer.validUntil };
  const written = await store.offerCodes.updateOne(
    { _id: code, redeemed: { $exists: false } },
    { $set: { redeemed: { orderId, at: now } } },
  );
  return written.modifiedCount === 1
    ? { kind: 'redeemed', isNew: true, offer }
    : take(engine, { code, orderId });
}

/**
 * Redeems a customer's code, once, wherever they got it. It becomes the event `Coupon Applied` and the answer "accepted" of the
 * decision that made the offer last. The same order may ask again.
 */
export async function redeemOffer(engine: Engine, toRedeem: ToRedeem): Promise<Redeemed> {
  const code = normaliseCode(toRedeem.code);
  const { orderId, discount } = toRedeem;
  const taken = await take(engine, { code, orderId });
  if (taken.kind !== 'redeemed') return taken;
  const { decisionId, actionId, offerId, customerId } = taken.offer;
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return taken;
  await takeOwnEvents(engine, document._id as CustomerId, [
    {
      messageId: `offer-redeemed:${code}`,
      name: 'Coupon Applied',
      properties: {
        coupon_id: code,
        coupon_name: offerId,
        order_id: orderId,
        decision_id: decisionId,
        action_id: actionId,
        ...(discount === undefined ? {} : { discount }),
      },
    },
  ]);
  await tryFeedback(
    engine,
    { decisionId, actionId, outcome: 'accepted', feedbackId: `offer-redeemed:${code}`, note: `code ${code}` },
    null,
  );
  return taken;
}
