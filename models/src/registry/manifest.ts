import { z } from 'zod';
import { calibratorSchema } from '../calibration/calibrator.js';
import { ensembleShapeSchema } from '../networks/ensemble-shape.js';
import { featureEncodingSchema } from '../networks/feature-encoding.js';

const estimateSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** A recorded input of the network and what TensorFlow.js answered: checked whenever the artifact is loaded. */
const recordedVectorSchema = z.object({ inputs: z.array(z.number()), outputs: z.array(z.number()) });

/**
 * What an artifact is, beside its weights. `kind` says what its outputs mean: `binary` has one, the raw log odds,
 * that `calibrator` makes a probability; `survival` one raw log odds of leaving per period; `zero-inflated-lognormal`
 * three (log odds of any, mean and spread of the logarithm).
 */
export const manifestSchema = z.object({
  format: z.literal(1),
  kind: z.enum(['binary', 'survival', 'zero-inflated-lognormal']),
  /** What it predicts: `churn`, `propensity`, … */
  name: z.string().min(1),
  version: z.string().min(1),
  trainedAt: z.string(),
  seed: z.int(),
  backend: z.string(),
  libraryVersions: z.record(z.string(), z.string()),
  /** SHA-256 over names and kinds of the features the model reads (or the hash its feature definitions gave). */
  featuresHash: z.string(),
  /** SHA-256 over encodings, weights and calibration: equal for equal data, seed and backend. */
  artifactHash: z.string(),
  data: z.object({
    rows: z.int(),
    positives: z.int().optional(),
    fingerprint: z.string(),
    window: z.object({ from: z.string(), to: z.string() }).optional(),
    source: z.string().optional(),
  }),
  /** One per hidden-layer stack that was trained; together they form the ensemble. */
  shapes: z.array(ensembleShapeSchema).min(1),
  features: z.array(featureEncodingSchema),
  /** Mean of each network input in training: the "nothing known" from which attributions start. */
  inputMeans: z.array(z.number()),
  calibrator: calibratorSchema,
  calibrationLogLoss: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), estimateSchema),
  baselines: z.record(z.string(), z.record(z.string(), estimateSchema)),
  recorded: z.array(recordedVectorSchema).min(1),
  /** Whatever else the caller wants kept with the model. */
  notes: z.record(z.string(), z.json()),
});

export type Manifest = z.infer<typeof manifestSchema>;
