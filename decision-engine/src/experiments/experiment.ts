import { z } from 'zod';
import { rankingSchema } from '../arbitration/ranking.js';
import { actionIdSchema, experimentIdSchema, variantIdSchema } from '../catalogue/ids.js';
import { instantSchema } from '../catalogue/instant.js';
import { explorationPolicySchema } from '../exploration/exploration-settings.js';

/** Customers who get no promotional action at all, so that the effect of all of them together can be measured. */
export const globalHoldOutSchema = z.strictObject({
  /** 0 to 1. */
  share: z.number().min(0).max(1),
  /** Changing it draws a new group. */
  salt: z.string().min(1).max(60).default('global'),
});
export type GlobalHoldOut = z.output<typeof globalHoldOutSchema>;

export const variantSchema = z.strictObject({
  variantId: variantIdSchema,
  /** Parts of the experiment's customers, relative to the other variants. */
  weight: z.number().min(0).default(1),
  /** These actions are withheld from the variant: a per-action control group. */
  withhold: z.array(actionIdSchema).default([]),
  /** Policy the variant runs under instead of the one in force. */
  ranking: rankingSchema.optional(),
  exploration: explorationPolicySchema.optional(),
});
export type Variant = z.output<typeof variantSchema>;

/**
 * Customers are split by a hash of their bucketing key, so that the same one always sees the same variant. Within a
 * layer a customer is in one experiment at most: experiments of one layer take separate parts of it.
 */
export const experimentSchema = z
  .strictObject({
    experimentId: experimentIdSchema,
    layer: z.string().min(1).max(60).default('default'),
    /** The part of the layer it takes, 0 <= from < to <= 1. */
    from: z.number().min(0).max(1).default(0),
    to: z.number().min(0).max(1).default(1),
    startsAt: instantSchema.optional(),
    endsAt: instantSchema.optional(),
    variants: z.array(variantSchema).min(1).max(20),
  })
  .refine((experiment) => experiment.from < experiment.to, { path: ['to'], message: 'above "from"' });
export type Experiment = z.output<typeof experimentSchema>;
