import { z } from 'zod';
import type { Manifest } from '../registry/manifest.js';

const propensityNotesSchema = z.object({
  /** Which outcomes count as a yes. */
  positive: z.array(z.enum(['accepted', 'clicked', 'converted'])).min(1),
  /** Days in which a yes counts. */
  windowDays: z.number().positive(),
  /** Share of yes in the training data. */
  baseRate: z.number().min(0).max(1),
  /** Days by which 95 % of the yeses had come, per channel, and of all under the empty name; without: the window. */
  answerDays: z.record(z.string(), z.number().min(0)).default({}),
  testFrom: z.string(),
  /** Offers and yes per action in the training data. */
  actions: z.record(z.string(), z.object({ shown: z.int(), yes: z.int() })),
});

/** What a propensity model keeps in its manifest beside the network. */
export type PropensityNotes = z.infer<typeof propensityNotesSchema>;

export function toNotes(notes: PropensityNotes): Manifest['notes'] {
  return { ...notes };
}

/** @throws Error where the manifest is not that of a propensity model */
export function propensityNotesOf(manifest: Manifest): PropensityNotes {
  const parsed = propensityNotesSchema.safeParse(manifest.notes);
  if (!parsed.success || manifest.name !== 'propensity') {
    throw new Error(
      `Expected a propensity model, got "${manifest.name}" ${manifest.version}${parsed.success ? '' : ` without "${parsed.error.issues[0]?.path.join('.')}" in its notes`}. Train it again.`,
    );
  }
  return parsed.data;
}
