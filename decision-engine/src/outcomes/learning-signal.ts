import type { Outcome } from '@segue/models';

/**
 * What an outcome teaches the propensity model about "accepts this action": yes, no, or nothing yet. A click or a
 * postponement is no answer; `shown` alone becomes `ignored` in the end.
 */
export function learningSignal(outcome: Outcome): 1 | 0 | null {
  switch (outcome) {
    case 'accepted':
    case 'converted':
      return 1;
    case 'rejected':
    case 'ignored':
      return 0;
    case 'shown':
    case 'clicked':
    case 'postponed':
      return null;
  }
}
