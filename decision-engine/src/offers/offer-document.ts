import { Schema } from 'mongoose';

export const OFFER_CODE_SCHEMA_VERSION = 1;

export type Redemption = { orderId: string; at: Date };

/** A customer's code for an offer, from when it was first shown to them. */
export type OfferCodeDocument = {
  /** The code. */
  _id: string;
  schemaVersion: number;
  customerId: string;
  /** The customer it was first given to; absent where no merge has moved it. */
  origin?: string;
  offerId: string;
  issuedAt: Date;
  /** Moves ahead each time the offer is made again. */
  validUntil: Date;
  /** The decision and action that made it last. */
  decisionId: string;
  actionId: string;
  /** Set once, by the one write that found it absent. */
  redeemed?: Redemption;
};

export const offerCodeSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    offerId: { type: String, required: true },
    issuedAt: { type: Date, required: true },
    validUntil: { type: Date, required: true },
    decisionId: { type: String, required: true },
    actionId: { type: String, required: true },
    redeemed: { type: Schema.Types.Mixed },
  },
  { collection: 'offerCodes', versionKey: false, strict: 'throw' },
);
offerCodeSchema.index({ customerId: 1, offerId: 1 });
