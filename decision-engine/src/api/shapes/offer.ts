import { z } from 'zod';

export const redeemRequest = z.strictObject({
  /** As the customer typed it: small letters, spaces and dashes are fine. */
  code: z.string().min(1).max(64),
  /** The order it is redeemed with. The same order may ask again. */
  orderId: z.string().min(1).max(128),
  /** Money it saved. */
  discount: z.number().min(0).optional(),
});
export type RedeemRequest = z.infer<typeof redeemRequest>;

export const redeemAnswer = z.object({
  code: z.string(),
  offerId: z.string(),
  customerId: z.string(),
  /** False: this order had redeemed it before. */
  redeemed: z.boolean(),
});
export type RedeemAnswer = z.infer<typeof redeemAnswer>;
