import { z } from 'zod';
import { customerReference } from './identity.js';

export const placementRequest = z.strictObject({
  /** A place of the page, as treatments name it: "home-banner". */
  placement: z.string().min(1).max(64),
  customer: customerReference,
  /** The page they are on, for conditions. */
  page: z.string().max(1024).optional(),
  /** How many things there is room for. */
  slots: z.number().int().min(1).max(5).default(1),
});
export type PlacementRequest = z.infer<typeof placementRequest>;

export const CONTENT_FORMATS = ['popup', 'banner', 'embedded'] as const;

/** Something to show, as plain text: nothing in it is markup. */
export const placedContent = z.object({
  /** Names it when reporting what came of it. */
  token: z.string(),
  actionId: z.string(),
  treatmentId: z.string(),
  /** How its author wants it shown; null = as the page likes. */
  format: z.enum(CONTENT_FORMATS).nullable(),
  title: z.string(),
  body: z.string(),
  /** http(s) or a path of the page's own site; null = there is nothing to click. */
  link: z.string().nullable(),
  button: z.string().nullable(),
  image: z.string().nullable(),
  imageAlt: z.string(),
  /** The customer's code for the offer, the same on every channel; null = no offer. */
  offerCode: z.string().nullable(),
});
export type PlacedContent = z.infer<typeof placedContent>;

/** Nothing to show, also for customers nobody knows. */
export const placementAnswer = z.object({ items: z.array(placedContent) });
export type PlacementAnswer = z.infer<typeof placementAnswer>;

export const placementOutcomeRequest = z.strictObject({
  token: z.string().min(1).max(4000),
  /** `dismissed`: closed by the customer, which counts as a no. */
  outcome: z.enum(['shown', 'clicked', 'dismissed']),
});
export type PlacementOutcomeRequest = z.infer<typeof placementOutcomeRequest>;

export const placementOutcomeAnswer = z.object({ recorded: z.boolean() });
export type PlacementOutcomeAnswer = z.infer<typeof placementOutcomeAnswer>;
