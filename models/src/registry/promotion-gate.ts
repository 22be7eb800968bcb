import type { Manifest } from './manifest.js';

export type PromotionVerdict =
  | { readonly promote: true; readonly reason: string }
  | { readonly promote: false; readonly reason: string };

/** What is compared: figures where lower is better. */
const GATED: Readonly<Record<Manifest['kind'], readonly (readonly [string, string])[]>> = {
  binary: [
    ['logLoss', 'log loss'],
    ['ece', 'calibration error'],
  ],
  survival: [
    ['logLoss', 'log loss'],
    ['ece', 'calibration error'],
  ],
  'zero-inflated-lognormal': [
    ['logLoss', 'log loss'],
    ['rmse', 'error of expected amounts'],
  ],
};

/**
 * Whether a challenger may take the champion's place: not when it is surely worse than its own naive baseline, and not when
 * its log loss or calibration error lies above the 95 %
 * interval of the champion's. Both are judged by the tests in their manifests.
 */
export function judgePromotion(challenger: Manifest, champion: Manifest | null): PromotionVerdict {
  const worse = worseThanBaseline(challenger);
  if (worse !== null) {
    return { promote: false, reason: worse };
  }
  if (champion === null) {
    return { promote: true, reason: 'there is no model in force yet' };
  }
  if (challenger.featuresHash !== champion.featuresHash) {
    return { promote: true, reason: 'the model in force reads other features and can no longer serve' };
  }
  for (const [metric, words] of GATED[challenger.kind]) {
    const ours = challenger.metrics[metric]?.value ?? null;
    const bound = champion.metrics[metric]?.high ?? null;
    if (ours === null) {
      return { promote: false, reason: `${challenger.version} was not tested: its ${words} is unknown` };
    }
    if (bound !== null && ours > bound) {
      return {
        promote: false,
        reason: `the ${words} of ${challenger.version}, ${ours.toFixed(4)}, is above the interval of ${champion.version} (up to ${bound.toFixed(4)})`,
      };
    }
  }
  return {
    promote: true,
    reason: `not worse than ${champion.version} on ${GATED[challenger.kind].map(([, words]) => words).join(' and ')}`,
  };
}

/** Why a model is of no use whatever it is compared with: surely worse than knowing next to nothing. Null where it is not. */
function worseThanBaseline({ version, metrics, baselines }: Manifest): string | null {
  for (const [name, figures] of Object.entries(baselines)) {
    const loss = metrics['logLoss']?.low ?? null;
    const theirs = figures['logLoss']?.value ?? null;
    if (KNOWING_NOTHING.has(name) && loss !== null && theirs !== null && loss > theirs) {
      return `the log loss of ${version} is above that of giving everyone the same probability (${theirs.toFixed(4)}), beyond its interval`;
    }
    const ranks = metrics['rankCorrelation']?.high ?? null;
    const classical = figures['rankCorrelation']?.value ?? null;
    if (ranks !== null && classical !== null && ranks < classical) {
      return `amounts of ${version} rank customers worse than ${name} (${classical.toFixed(3)}), beyond its interval`;
    }
  }
  return null;
}

const KNOWING_NOTHING = new Set(['baseRate', 'kaplanMeier']);
