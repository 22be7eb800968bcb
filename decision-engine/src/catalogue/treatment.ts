import { z } from 'zod';
import { durationSchema } from './duration.js';
import { channelSchema, offerIdSchema, placementSchema, treatmentIdSchema } from './ids.js';

/** How an action is put to the customer on one channel: the words, and what an agent says. */
export const treatmentSchema = z.strictObject({
  treatmentId: treatmentIdSchema,
  channel: channelSchema,
  /** What the agent's card and lists show. */
  title: z.string().min(1).max(200),
  /** E-mail subject or notification headline; a template, as `body` is. */
  subject: z.string().max(300).optional(),
  /** Template words; variables are resolved when the message is made, not when the decision is. */
  body: z.string().max(50_000).default(''),
  /**
   * Layout of an e-mail in MJML with Liquid; absent = the default layout around `body`. `body` stays the plain-text part.
   */
  mjml: z.string().min(1).max(100_000).optional(),
  /** What an agent says, editable before it is used. */
  talkTrack: z.string().max(5_000).optional(),
  /** BCP 47 tag; absent = fits every language. */
  language: z.string().min(2).max(35).optional(),
  /** Where it may be shown; empty = anywhere on its channel. */
  placements: z.array(placementSchema).default([]),
  /**
   * What it offers, to be redeemed once by each customer with the code `{{ offer.code }}`. Treatments of one `offerId` show one
   * customer the same code, on every channel.
   */
  offer: z.strictObject({ offerId: offerIdSchema, validFor: durationSchema.default('30d') }).optional(),
  /** Money one contact costs (an SMS fee, say), in the shop's currency. */
  contactCost: z.number().min(0).default(0),
  /** Link, image and whatever else the channel's renderer understands. */
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type Treatment = z.output<typeof treatmentSchema>;
