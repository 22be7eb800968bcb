import { z } from 'zod';
import type { Manifest } from '../registry/manifest.js';

const churnNotesSchema = z.object({
  horizonDays: z.number().positive(),
  /** Share of leavers in the training data. */
  baseRate: z.number().min(0).max(1),
  asOf: z.string(),
  testAsOf: z.string().nullable(),
  split: z.enum(['time', 'customers']),
  /** Median of each feature in the training data; null where it is mostly missing. */
  usual: z.record(z.string(), z.number().nullable()),
});

/** What a churn model keeps in its manifest beside the network. */
export type ChurnNotes = z.infer<typeof churnNotesSchema>;

export function toNotes(notes: ChurnNotes): Manifest['notes'] {
  return { ...notes };
}

/** @throws Error where the manifest is not that of a churn model */
export function churnNotesOf(manifest: Manifest): ChurnNotes {
  const parsed = churnNotesSchema.safeParse(manifest.notes);
  if (!parsed.success || manifest.name !== 'churn') {
    throw new Error(
      `Expected a churn model, got "${manifest.name}" ${manifest.version}${parsed.success ? '' : ` without "${parsed.error.issues[0]?.path.join('.')}" in its notes`}. Train it again.`,
    );
  }
  return parsed.data;
}
