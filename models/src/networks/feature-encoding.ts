import { z } from 'zod';

/**
 * How a numeric feature becomes network inputs: `width` inputs from `offset` on:
 * the standardised value clipped to ±`clip`; then one input per bin between neighbouring `edges` (piecewise-linear
 * encoding, Gorishniy et al. 2022: 1 above the bin, 0 below it, the fraction inside); last a missing flag.
 * A missing value sets the flag alone.
 */
const numericEncodingSchema = z.object({
  kind: z.literal('numeric'),
  name: z.string(),
  offset: z.int().min(0),
  width: z.int().min(2),
  mean: z.number(),
  scale: z.number().positive(),
  edges: z.array(z.number()),
});

/** One input per level, then one for a level never seen (or too rare) in training, then one for missing. */
const categoricalEncodingSchema = z.object({
  kind: z.literal('categorical'),
  name: z.string(),
  offset: z.int().min(0),
  width: z.int().min(2),
  levels: z.array(z.string()),
});

export const featureEncodingSchema = z.discriminatedUnion('kind', [
  numericEncodingSchema,
  categoricalEncodingSchema,
]);

export type NumericEncoding = z.infer<typeof numericEncodingSchema>;
export type CategoricalEncoding = z.infer<typeof categoricalEncodingSchema>;
export type FeatureEncoding = z.infer<typeof featureEncodingSchema>;

/** Standardised values are clipped to this many standard deviations either way. */
export const STANDARD_CLIP = 3;

/** Number of inputs of the network that reads these encodings. */
export function encodedWidth(encodings: readonly FeatureEncoding[]): number {
  return encodings.reduce((sum, encoding) => sum + encoding.width, 0);
}
