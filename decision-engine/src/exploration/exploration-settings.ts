import { z } from 'zod';

/**
 * How a decision leaves room to learn.
 * - `greedy`: always the best.
 * - `thompson`: each candidate as often as it is the best under the posterior of its propensity.
 * - `epsilon`: the best, but with probability `epsilon` any candidate, each as likely.
 * - `softmax`: in proportion to exp(priority / (temperature x best priority)).
 */
export const explorationSettingsSchema = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('greedy') }),
  z.strictObject({
    strategy: z.literal('thompson'),
    /** Share of decisions in which it is used; the others take the best. */
    rate: z.number().min(0).max(1).default(1),
  }),
  z.strictObject({ strategy: z.literal('epsilon'), epsilon: z.number().min(0).max(1) }),
  z.strictObject({
    strategy: z.literal('softmax'),
    temperature: z.number().min(0.001).max(100),
    rate: z.number().min(0).max(1).default(1),
  }),
]);
export type ExplorationSettings = z.output<typeof explorationSettingsSchema>;

/** `default` everywhere but at the placements listed. */
export const explorationPolicySchema = z.strictObject({
  default: explorationSettingsSchema.prefault({ strategy: 'thompson' }),
  placements: z.record(z.string(), explorationSettingsSchema).default({}),
});
