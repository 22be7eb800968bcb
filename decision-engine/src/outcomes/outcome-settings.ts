import { z } from 'zod';
import { durationSchema } from '../catalogue/duration.js';

/** How what a customer does later is traced back to what was shown. */
export const outcomeSettingsSchema = z.strictObject({
  /** An outcome that names no decision belongs to a contact at most this old. */
  attributionWindow: durationSchema.default('7d'),
  /** `lastTouch`: the latest contact. `lastClick`: the latest that was clicked or accepted, else the latest contact. */
  attribution: z.enum(['lastTouch', 'lastClick']).default('lastTouch'),
  /** A contact without any answer for this long counts as ignored. */
  ignoredAfter: durationSchema.default('3d'),
});
export type OutcomeSettings = z.output<typeof outcomeSettingsSchema>;
