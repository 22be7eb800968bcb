import { priorityText } from '../arbitration/priority-text.js';
import type { CandidateResult, DecisionResult, RuleResult } from './decision-result.js';

/** A decision in plain words, for a page or a terminal. */
export type DecisionExplanation = {
  /** "Chosen: free-express on agent (73 % of the time)", or why nothing was. */
  readonly headline: string;
  readonly chosen: readonly string[];
  /** What else could have been, best first: "upsell on email: priority 2.5, 0.25 x 1 x 10 x 1 = 2.5". */
  readonly alsoPossible: readonly string[];
  /** What may go later, and when. */
  readonly later: readonly string[];
  /** What fell out, each with every rule that stopped it. */
  readonly out: readonly string[];
};

function percent(probability: number): string {
  return `${(100 * probability).toFixed(probability < 0.1 ? 1 : 0)} %`;
}

function nameOf({ actionId, channel }: Pick<CandidateResult, 'actionId' | 'channel'>): string {
  return `${actionId} on ${channel}`;
}

function headlineOf({ outcome, chosen }: DecisionResult): string {
  const first = chosen[0];
  if (outcome.kind === 'none' || first === undefined) {
    return `Nothing was chosen. ${outcome.kind === 'none' ? outcome.reason : ''}`.trim();
  }
  const odds = `${percent(first.probability)} of the time`;
  const fallback = outcome.kind === 'fallback' ? `, as the fallback. ${outcome.reason}` : '';
  return `Chosen: ${nameOf(first)} (${odds})${fallback}`;
}

function stopText({ stage, rule, detail }: RuleResult): string {
  return `${stage}, ${rule}: ${detail}`;
}

/** Puts into words what the decision recorded; it works nothing out anew. */
export function explainDecision(result: DecisionResult): DecisionExplanation {
  const isChosen = (candidate: CandidateResult): boolean =>
    result.chosen.some(
      ({ actionId, treatmentId }) => actionId === candidate.actionId && treatmentId === candidate.treatmentId,
    );
  const ranked = result.candidates
    .filter((candidate) => candidate.status === 'qualified' && !isChosen(candidate))
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return {
    headline: headlineOf(result),
    chosen: result.chosen.map(
      (choice) => `${nameOf(choice)}: ${choice.reasons.join('; ') || 'best priority'}`,
    ),
    alsoPossible: ranked.map(
      (candidate) =>
        `${nameOf(candidate)}: priority ${candidate.priority === null ? 'not worked out' : priorityText(candidate.priority)}`,
    ),
    later: result.held.map(
      (held) =>
        `${nameOf(held)}: ${held.until === null ? 'not known when' : `from ${held.until.toISOString()}`}`,
    ),
    out: result.candidates
      .filter((candidate) => candidate.status === 'out')
      .map(
        (candidate) =>
          `${nameOf(candidate)}: ${candidate.rules
            .filter((rule) => !rule.passed)
            .map(stopText)
            .join(' | ')}`,
      ),
  };
}
