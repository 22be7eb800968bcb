import { z } from 'zod';
import { formulaSchema } from '../conditions/formula.js';

/** Priority = P x C x V x L; a factor that is switched off counts as 1. */
export const factorsSchema = z.strictObject({
  propensity: z.boolean().default(true),
  context: z.boolean().default(true),
  value: z.boolean().default(true),
  levers: z.boolean().default(true),
});
export type Factors = z.output<typeof factorsSchema>;

/**
 * How candidates are ranked: by the four factors (the AI ranking), or by a formula over `propensity`, `context`, `value`,
 * `levers` and any field a condition can read.
 */
export const rankingSchema = z.strictObject({
  factors: factorsSchema.prefault({}),
  formula: formulaSchema.optional(),
  /** Candidates less likely than this are not offered. */
  minimumPropensity: z.number().min(0).max(1).default(0),
  /** Candidates of lower priority than this are not offered. */
  minimumPriority: z.number().min(0).default(0),
});
export type Ranking = z.output<typeof rankingSchema>;
