import { z } from 'zod';

/** One plain-words reason behind a score or a choice, with the number behind it. */
export const reason = z.object({
  text: z.string(),
  /** Feature or rule the reason comes from; '' for a reason without one. */
  source: z.string(),
  /** The number behind the words; null where there is none. */
  value: z.number().nullable(),
  /** Signed share of the score's distance from the base, in the score's own unit; null where not a model's. */
  contribution: z.number().nullable(),
});
export type Reason = z.infer<typeof reason>;

export const churnView = z.object({
  /** Probability, 0 to 1, of no order within `horizonDays`. */
  probability: z.number().min(0).max(1),
  horizonDays: z.number().positive(),
  /** `likely` and `watch` against the base rate the model was trained on. */
  band: z.enum(['unlikely', 'watch', 'likely']),
  /** Share of customers who left, in the training population. */
  baseRate: z.number().min(0).max(1),
  reasons: z.array(reason),
  modelVersion: z.string(),
  /** Gone by when; absent where no model says so. */
  byWhen: z
    .object({
      /** Probability that no further order comes after so many weeks. */
      byWeek: z.array(z.object({ weeks: z.number().int(), probability: z.number().min(0).max(1) })),
      /** The week by which it is more likely than not; null where that is beyond a year. */
      likelyWeek: z.number().int().nullable(),
      modelVersion: z.string(),
    })
    .optional(),
});
export type ChurnView = z.infer<typeof churnView>;

export const valueView = z.object({
  /** Expected margin of the coming year, in the shop's currency. */
  expected: z.number().min(0),
  /** Mean over the customers the model was trained on. */
  usual: z.number().min(0),
  reasons: z.array(reason),
  modelVersion: z.string(),
});
export type ValueView = z.infer<typeof valueView>;
