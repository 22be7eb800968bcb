import { z } from 'zod';
import { durationSchema } from '../catalogue/duration.js';

/** An event that says something came of what was shown before. */
const conversionSchema = z.strictObject({
  event: z.string().min(1).max(200),
  /** The event's properties that may hold its worth, in money; the first that does counts. */
  value: z.array(z.string().min(1).max(60)).max(10).default(['total', 'revenue', 'value']),
  /** Only contacts with these can be what it came of; absent = any. */
  actions: z.array(z.string().min(1)).min(1).optional(),
  groups: z.array(z.string().min(1)).min(1).optional(),
  channels: z.array(z.string().min(1)).min(1).optional(),
});
export type Conversion = z.output<typeof conversionSchema>;

/** How what a customer does later is traced back to what was shown. */
export const outcomeSettingsSchema = z.strictObject({
  /** An outcome that names no decision belongs to a contact at most this old. */
  attributionWindow: durationSchema.default('7d'),
  /** `lastTouch`: the latest contact. `lastClick`: the latest that was clicked or accepted, else the latest contact. */
  attribution: z.enum(['lastTouch', 'lastClick']).default('lastTouch'),
  /** A contact without any answer for this long counts as ignored. */
  ignoredAfter: durationSchema.default('3d'),
  conversions: z
    .array(conversionSchema)
    .max(100)
    .default([{ event: 'Order Completed', value: ['total', 'revenue', 'value'] }]),
});
export type OutcomeSettings = z.output<typeof outcomeSettingsSchema>;
