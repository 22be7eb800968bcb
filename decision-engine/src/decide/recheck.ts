import { type CandidateState, freeAt, runRules } from './candidate-state.js';
import type { CompiledCatalogue } from './compile-decider.js';
import { scopeOf } from './decide.js';
import type { DecideInput } from './decide-input.js';
import type { RuleResult } from './decision-result.js';
import { withIntents } from './derive-intents.js';

/** A message that was decided and is about to leave. `profile` is the customer as of now, not as of the decision. */
export type RecheckInput = Pick<DecideInput, 'profile' | 'context' | 'now' | 'usage'> & {
  readonly decisionId: string;
  readonly actionId: string;
  readonly treatmentId: string;
};

export type RecheckResult =
  | { readonly verdict: 'send' }
  /** Not now. `until` null = not known: look again later. */
  | { readonly verdict: 'hold'; readonly until: Date | null; readonly stoppedBy: readonly RuleResult[] }
  | { readonly verdict: 'drop'; readonly stoppedBy: readonly RuleResult[] }
  /** The catalogue no longer has the action or the treatment. */
  | { readonly verdict: 'gone' };

/** On the way of an offer from the decision to the message. */
const OWN_STEPS: ReadonlySet<string> = new Set(['reserved', 'shown', 'clicked', 'accepted', 'converted']);

/**
 * Runs every rule once more for one message at the moment of sending: consent may be withdrawn, a cap reached, an offer over
 * since it was decided. What this very offer has come to so far doesn't count against it: an agent reads it out, the
 * customer says yes, and the confirmation must not be stopped by the yes. A no or a later does stop it.
 */
export function recheck(compiled: CompiledCatalogue, input: RecheckInput): RecheckResult {
  const candidate = [...compiled.byChannel.values()]
    .flat()
    .find(
      ({ action, treatment }) =>
        action.actionId === input.actionId && treatment.treatmentId === input.treatmentId,
    );
  if (candidate === undefined) return { verdict: 'gone' };
  const { profile, decisionId } = input;
  const contactHistory = profile.contactHistory.filter(
    (entry) =>
      entry.decisionId !== decisionId || entry.actionId !== input.actionId || !OWN_STEPS.has(entry.outcome),
  );
  const asked: DecideInput = {
    profile: { ...profile, contactHistory },
    context: input.context,
    now: input.now,
    usage: input.usage,
    seed: decisionId,
    scorePropensity: () => [],
  };
  const { scope } = scopeOf(compiled, withIntents(asked, compiled.intents));
  return verdictOf(runRules(candidate, scope), (state) => freeAt(state, scope));
}

function verdictOf(state: CandidateState, until: (state: CandidateState) => Date | null): RecheckResult {
  const stoppedBy = state.rules.filter((rule) => !rule.passed);
  switch (state.status) {
    case 'qualified':
      return { verdict: 'send' };
    case 'held':
      return { verdict: 'hold', until: until(state), stoppedBy };
    case 'out':
      return { verdict: 'drop', stoppedBy };
  }
}
