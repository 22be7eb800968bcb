import type { Meaning } from '../design/meaning';
import type { ModelName, ModelVersion, ModelView } from '../engine/engine-types';

const MODELS: Record<ModelName, { name: string; question: string }> = {
  churn: { name: 'Churn', question: 'Will they place no order in the next 90 days?' },
  propensity: { name: 'Propensity', question: 'Will they say yes to this action, here and now?' },
  survival: { name: 'Leaving time', question: 'By when will they be gone?' },
  value: { name: 'Value', question: 'What will they bring in the coming year?' },
};

export function modelNameOf(text: string): ModelName | null {
  return Object.hasOwn(MODELS, text) ? (text as ModelName) : null;
}

export function modelWords(model: ModelName): { name: string; question: string } {
  return MODELS[model];
}

type Metric = {
  key: string;
  name: string;
  /** What a good figure is. */
  hint: string;
  digits: number;
  better: 'higher' | 'lower';
};

const METRICS: readonly Metric[] = [
  { key: 'auc', name: 'AUC', hint: 'ranking: 0.5 is chance, 1 perfect', digits: 3, better: 'higher' },
  { key: 'logLoss', name: 'Log loss', hint: 'lower is better', digits: 3, better: 'lower' },
  { key: 'brier', name: 'Brier score', hint: 'lower is better', digits: 3, better: 'lower' },
  {
    key: 'ece',
    name: 'Calibration error',
    hint: 'how far predictions are from what came; lower is better',
    digits: 3,
    better: 'lower',
  },
  {
    key: 'averagePrecision',
    name: 'Average precision',
    hint: 'the share of yes is chance, 1 perfect',
    digits: 3,
    better: 'higher',
  },
  {
    key: 'rankCorrelation',
    name: 'Rank correlation of amounts',
    hint: '0 is chance, 1 perfect',
    digits: 3,
    better: 'higher',
  },
  {
    key: 'rmse',
    name: 'Error of amounts',
    hint: 'in the shop’s currency; lower is better',
    digits: 0,
    better: 'lower',
  },
  {
    key: 'totalRatio',
    name: 'Total predicted to total that came',
    hint: '1 is right',
    digits: 2,
    better: 'higher',
  },
];

/** The figures a version was tested by, in the order that matters. */
export function metricsOf(figures: NonNullable<ModelVersion['figures']>): readonly Metric[] {
  return METRICS.filter(({ key }) => Object.hasOwn(figures.metrics, key));
}

const BASELINES: Readonly<Record<string, string>> = {
  baseRate: 'Everyone alike',
  recency: 'Recency alone',
  logisticRegression: 'Logistic regression',
  actionRate: 'Each action’s own rate',
  kaplanMeier: 'One curve for all',
  buyTillYouDie: 'BG/NBD',
  mean: 'The mean',
};

export function baselineWords(name: string): string {
  return BASELINES[name] ?? name;
}

export function standingWords(standing: ModelVersion['standing']): { words: string; meaning: Meaning } {
  switch (standing) {
    case 'champion':
      return { words: 'In force', meaning: 'good' };
    case 'shadow':
      return { words: 'Shadow', meaning: 'watch' };
    case 'former':
      return { words: 'Was in force', meaning: 'neutral' };
    case 'challenger':
      return { words: 'Not in force', meaning: 'neutral' };
  }
}

type Drift = NonNullable<ModelView['drift']>;

export function driftWords(drift: Drift | null): { words: string; meaning: Meaning } {
  if (drift === null || !drift.known) return { words: 'Drift not known', meaning: 'neutral' };
  return levelWords(drift.level);
}

export function levelWords(level: 'steady' | 'watch' | 'drifted'): { words: string; meaning: Meaning } {
  switch (level) {
    case 'steady':
      return { words: 'Steady', meaning: 'good' };
    case 'watch':
      return { words: 'Watch', meaning: 'watch' };
    case 'drifted':
      return { words: 'Drifted', meaning: 'act' };
  }
}

type Estimate = { value: number | null; low: number | null; high: number | null };

/** Whether the model is surely better than a baseline, surely worse, or too near to tell, by their intervals. */
export function againstBaseline(
  model: Estimate,
  baseline: Estimate,
  better: 'higher' | 'lower',
): 'better' | 'worse' | 'alike' | null {
  if (model.low === null || model.high === null || baseline.value === null) return null;
  if (baseline.value >= model.low && baseline.value <= model.high) return 'alike';
  return baseline.value < model.low === (better === 'higher') ? 'better' : 'worse';
}

/** A feature's name as people read it. */
export function featureWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
