import type { DecideAnswer, OutcomeRecord, RankedAction } from '../engine/engine-types';

/** How an agent answers a suggestion. */
export type Answer =
  | { outcome: 'accepted' }
  | { outcome: 'rejected'; note: string }
  | { outcome: 'postponed'; until: string };

/** An answer that was given here or elsewhere, and how far it got. */
export type GivenAnswer = {
  key: string;
  decisionId: string;
  actionId: string;
  name: string;
  answer: Answer;
  /** Who gave it, where it was someone else. */
  by: string | null;
  at: string;
  state: 'sending' | 'kept' | 'failed';
  problem: string | null;
};

/** The suggestions of a decision nobody has answered yet. */
export function openActions(decision: DecideAnswer, answered: ReadonlySet<string>): readonly RankedAction[] {
  return decision.actions.filter((action) => !answered.has(answerKey(decision.decisionId, action.actionId)));
}

/** One answer per suggestion of a decision. */
export function answerKey(decisionId: string, actionId: string): string {
  return `${decisionId} ${actionId}`;
}

/** Reads an answer out of a recorded outcome; null for outcomes that answer nothing (shown, clicked …). */
export function answerOf(outcome: OutcomeRecord): Answer | null {
  switch (outcome.outcome) {
    case 'accepted':
      return { outcome: 'accepted' };
    case 'rejected':
      return { outcome: 'rejected', note: outcome.note ?? '' };
    case 'postponed':
      return { outcome: 'postponed', until: outcome.until ?? '' };
    case 'shown':
    case 'clicked':
    case 'converted':
    case 'ignored':
      return null;
  }
}

/** Five reasons to say no; the value is what is kept with the outcome. */
export const NO_REASONS = [
  { value: 'not relevant', label: 'Not relevant here' },
  { value: 'customer declined', label: 'Customer said no' },
  { value: 'too expensive', label: 'Too expensive' },
  { value: 'already has it', label: 'Already has it' },
  { value: 'wrong moment', label: 'Wrong moment' },
] as const;
