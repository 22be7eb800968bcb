import type { Candidate, SearchResult, Trial } from '@segue/models';

const SHOWN = 6;

/** What a search tried and took, for people. */
export function describeSearch({ trials, chosen }: SearchResult): string {
  const finalists = trials.filter(({ folds }) => folds > 1).slice(0, SHOWN);
  const kept = finalists.some(({ candidate, isDefault }) => isDefault && candidate === chosen);
  return [
    `Searched: ${trials.length} ways to train, ${finalists.length} of them on all folds:`,
    ...finalists.map(
      (trial) => `  ${trial.candidate === chosen ? '>' : ' '} ${described(trial)}: ${waysOf(trial)}`,
    ),
    kept
      ? 'The default is kept: none is better by more than two standard errors.'
      : 'The one marked > is taken; the test rows have not been seen by the search.',
  ].join('\n');
}

function described({ logLoss, against, isDefault }: Trial): string {
  if (isDefault) return `log loss ${logLoss.toFixed(4)}`;
  const sign = against.difference < 0 ? '' : '+';
  return `log loss ${logLoss.toFixed(4)} (${sign}${against.difference.toFixed(4)} ± ${against.standardError.toFixed(4)} against the default)`;
}

function waysOf({
  candidate,
  isDefault,
}: {
  readonly candidate: Candidate;
  readonly isDefault: boolean;
}): string {
  if (isDefault) return 'the default';
  const recipe = Object.entries(candidate.recipe).map(
    ([name, value]) => `${name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`,
  );
  return [...recipe, candidate.taught === false ? 'not taught by trees' : 'taught by trees'].join(', ');
}
