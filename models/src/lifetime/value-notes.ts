import { z } from 'zod';
import type { Manifest } from '../registry/manifest.js';

const valueNotesSchema = z.object({
  /** Days ahead the network was trained on. */
  horizonDays: z.number().positive(),
  /** What a year brings over what the horizon brings. */
  yearFactor: z.number().positive(),
  /** Evens out the sum of expected amounts over the training customers. */
  scale: z.number().positive(),
  /** Margin over revenue where orders don't tell theirs; 1 = counted in revenue. */
  marginShare: z.number().positive(),
  /** Mean value over a year in the training data. */
  baseValue: z.number().min(0),
});

/** What a value model keeps in its manifest beside the network. */
export type ValueNotes = z.infer<typeof valueNotesSchema>;

/** @throws Error where the manifest is not that of a value model */
export function valueNotesOf(manifest: Manifest): ValueNotes {
  const parsed = valueNotesSchema.safeParse(manifest.notes);
  if (!parsed.success || manifest.name !== 'value') {
    throw new Error(
      `Expected a value model, got "${manifest.name}" ${manifest.version}${parsed.success ? '' : ` without "${parsed.error.issues[0]?.path.join('.')}" in its notes`}. Train it again.`,
    );
  }
  return parsed.data;
}
