import { z } from 'zod';

export const modelName = z.enum(['churn', 'propensity', 'survival', 'value']);
const versionName = z.string().min(1).max(80);

const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
/** Figures of the test by name, each with its 95 % interval; null where one can't be computed. */
const figures = z.record(z.string(), estimate);

const versionFigures = z.object({
  trainedAt: z.string(),
  trainedOn: z.object({
    rows: z.number().int(),
    positives: z.number().int().nullable(),
    window: z.object({ from: z.string(), to: z.string() }).nullable(),
  }),
  /** Null where no report was kept with it. */
  testedOn: z.object({ n: z.number().int(), positives: z.number().int(), split: z.string() }).nullable(),
  metrics: figures,
  /** What is known without the model: the base rate, recency alone, a regression. */
  baselines: z.record(z.string(), figures),
});
export type VersionFigures = z.infer<typeof versionFigures>;

const versionView = z.object({
  version: z.string(),
  /** `shadow`: scores beside the one in force; `former`: was in force; `challenger`: never was. */
  standing: z.enum(['champion', 'shadow', 'former', 'challenger']),
  /** Null where its files can't be read; `problem` says why. */
  figures: versionFigures.nullable(),
  problem: z.string().nullable(),
});
export type VersionView = z.infer<typeof versionView>;

const level = z.enum(['steady', 'watch', 'drifted']);
const modelDriftView = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false), why: z.string() }),
  z.object({
    known: z.literal(true),
    version: z.string(),
    measuredAt: z.iso.datetime(),
    level,
    /** Customers (propensity: offers with an outcome) it was measured on. */
    rows: z.number().int(),
    /** PSI: population stability index; 0.1 watch, 0.25 drifted. */
    score: z.object({ psi: z.number(), level, mean: z.number(), meanBefore: z.number() }),
    features: z.array(z.object({ name: z.string(), psi: z.number(), level })),
    /** What was predicted and what came, week by week; empty where nothing is known yet. */
    calibration: z.array(
      z.object({
        from: z.string(),
        n: z.number().int(),
        predicted: z.number(),
        observed: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
    reasons: z.array(z.string()),
  }),
]);
export type ModelDriftView = z.infer<typeof modelDriftView>;

const modelView = z.object({
  model: modelName,
  /** The version in force; null where none was promoted yet. */
  inForce: z.string().nullable(),
  inForceSince: z.iso.datetime().nullable(),
  /** The version that scores in this process right now: a promotion takes up to a second. */
  serving: z.string().nullable(),
  /** What a rollback goes back to. */
  before: z.string().nullable(),
  shadow: z.string().nullable(),
  /** Newest first. */
  versions: z.array(versionView),
  /** As measured last; null where it never was. */
  drift: modelDriftView.nullable(),
});
export type ModelView = z.infer<typeof modelView>;
export const modelList = z.object({ items: z.array(modelView) });

export const modelQuery = z.strictObject({ model: modelName });
export type ModelQuery = z.infer<typeof modelQuery>;
export const modelVersionQuery = z.strictObject({ model: modelName, version: versionName });
export type ModelVersionQuery = z.infer<typeof modelVersionQuery>;

const verdict = z.object({ promote: z.boolean(), reason: z.string() });

export const versionDetail = versionView.extend({
  model: modelName,
  /** What the gate says of putting it in force; null for the one that is. */
  verdict: verdict.nullable(),
  made: z
    .object({
      seed: z.number().int(),
      backend: z.string(),
      calibration: z.string(),
      features: z.number().int(),
      artifactHash: z.string(),
      libraryVersions: z.record(z.string(), z.string()),
    })
    .nullable(),
  /** Null where it was trained without one. */
  report: z
    .object({
      /** Bins with equally many tested rows, lowest predictions first. */
      curve: z.array(
        z.object({
          n: z.number().int(),
          predicted: z.number(),
          observed: z.number(),
          low: z.number(),
          high: z.number(),
        }),
      ),
      deciles: z.array(
        z.object({
          decile: z.number().int(),
          n: z.number().int(),
          positives: z.number().int(),
          meanScore: z.number().nullable(),
          lift: z.number().nullable(),
        }),
      ),
      /** What the predictions rest on most, the most important first. */
      effects: z.array(z.object({ name: z.string(), importance: z.number().nullable() })),
      /** Of "gone by when" models: the share still there per week. */
      survival: z
        .array(z.object({ week: z.number().int(), predicted: z.number(), observed: z.number() }))
        .nullable(),
      warnings: z.array(z.string()),
    })
    .nullable(),
  /** Markdown. */
  card: z.string().nullable(),
});
export type VersionDetail = z.infer<typeof versionDetail>;

export const promoteRequest = modelVersionQuery.extend({
  /** Although the gate refuses it. */
  force: z.boolean().default(false),
});
export type PromoteRequest = z.infer<typeof promoteRequest>;

/** Only these score decisions. */
const shadowModelName = z.enum(['churn', 'propensity']);
export const shadowQuery = z.strictObject({ model: shadowModelName });

export const shadowRequest = z.strictObject({
  model: shadowModelName,
  /** Null ends it. */
  version: versionName.nullable(),
});
export type ShadowRequest = z.infer<typeof shadowRequest>;

export const championAnswer = z.object({
  model: modelName,
  inForce: z.string(),
  before: z.string().nullable(),
  /** False where it was so already. */
  changed: z.boolean(),
  reason: z.string(),
});
export type ChampionAnswer = z.infer<typeof championAnswer>;

export const driftAnswer = z.object({ model: modelName, drift: modelDriftView });

export const shadowScores = z.object({
  shadow: z.string().nullable(),
  /** Scores both gave; of the newest decisions since it began to score beside. */
  n: z.number().int(),
  meanInForce: z.number().nullable(),
  meanShadow: z.number().nullable(),
  /** Shadow less the one in force, with its 95 % interval. */
  difference: estimate,
  /** Pearson's. */
  correlation: z.number().nullable(),
  /** Pairs with a known yes or no, of offers: log loss of both. */
  answered: z
    .object({ n: z.number().int(), inForce: z.number(), shadow: z.number(), difference: estimate })
    .nullable(),
  /** The newest pairs, for a plot. */
  pairs: z.array(z.object({ inForce: z.number(), shadow: z.number(), yes: z.boolean().nullable() })),
});
export type ShadowScoresView = z.infer<typeof shadowScores>;
