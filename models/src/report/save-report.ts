import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelCard } from './model-card.js';
import type { ModelReport } from './model-report.js';
import { renderReport } from './render-report.js';

/** Writes `report.json`, `report.html` (opens offline) and `MODEL-CARD.md` beside an artifact. */
export async function saveReport(report: ModelReport, folder: string): Promise<void> {
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(join(folder, 'report.html'), renderReport(report));
  await writeFile(join(folder, 'MODEL-CARD.md'), modelCard(report));
}

// JSON has no NaN: what could not be computed stands as null.
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const estimate = z.object({ value: figure, low: figure, high: figure });
const figures = z.object({
  auc: estimate,
  averagePrecision: estimate,
  logLoss: estimate,
  brier: estimate,
  ece: estimate,
});

const reportSchema: z.ZodType<ModelReport, unknown> = z.object({
  format: z.literal(1),
  name: z.string(),
  version: z.string(),
  trainedAt: z.string(),
  split: z.string(),
  n: z.int(),
  positives: z.int(),
  data: z.object({
    rows: z.int(),
    positives: z.int().exactOptional(),
    fingerprint: z.string(),
    window: z.object({ from: z.string(), to: z.string() }).exactOptional(),
    source: z.string().exactOptional(),
  }),
  seed: z.int(),
  backend: z.string(),
  artifactHash: z.string(),
  calibration: z.object({ kind: z.string(), heldOutLogLoss: z.record(z.string(), z.number()) }),
  metrics: figures,
  baselines: z.record(z.string(), figures),
  deciles: z.array(
    z.object({
      decile: z.int(),
      n: z.int(),
      positives: z.int(),
      meanScore: figure,
      lift: figure,
      gain: figure,
    }),
  ),
  curve: z.array(z.object({ n: z.int(), predicted: figure, observed: figure, low: figure, high: figure })),
  effects: z.array(
    z.object({
      name: z.string(),
      importance: figure,
      dependence: z.array(z.object({ value: z.string(), probability: figure })),
    }),
  ),
  slices: z.array(
    z.object({
      column: z.string(),
      level: z.string(),
      n: z.int(),
      observed: figure,
      low: figure,
      high: figure,
      predicted: figure,
      auc: figure,
      selected: figure,
      selectionRatio: figure,
    }),
  ),
  warnings: z.array(z.string()),
  survival: z.array(z.object({ week: z.int(), predicted: figure, observed: figure })).exactOptional(),
  amounts: z
    .record(
      z.string(),
      z.object({
        correlation: estimate,
        rankCorrelation: estimate,
        gini: estimate.exactOptional(),
        rmse: estimate,
        totalRatio: estimate,
      }),
    )
    .exactOptional(),
});

/** @throws Error that says what to do when the folder holds no report, or one of another version */
export async function readReport(folder: string): Promise<ModelReport> {
  const path = join(folder, 'report.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`There is no ${path}. Train with --out ${folder} first.`);
  });
  const parsed = reportSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(
      `${path} is not a report of this version of Segue (${parsed.error.issues[0]?.path.join('.')}). Train again.`,
    );
  }
  return parsed.data;
}
