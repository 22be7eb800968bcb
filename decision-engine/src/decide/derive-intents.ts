import type { CompiledCondition } from '../conditions/compile-condition.js';
import { localTime } from '../policy/local-time.js';
import type { DecideInput } from './decide-input.js';

export type CompiledIntent = { readonly intent: string; readonly when: CompiledCondition };

/**
 * Adds to the context the intents whose conditions hold; those the caller knows stay. Conditions of intents see the intents of
 * the caller, not each other's. Of customers who objected to profiling only the context is read.
 */
export function withIntents(input: DecideInput, rules: readonly CompiledIntent[]): DecideInput {
  if (rules.length === 0) return input;
  const { profile, context } = input;
  const now = input.now.getTime();
  const facts = {
    profile,
    context,
    channel: null,
    now,
    contacts: profile.contactHistory,
    profilingHidden: profile.noProfiling,
    localTime: () => localTime(now, profile.timeZone),
  };
  const seen = rules.filter(({ when }) => when.test(facts) === 'true').map(({ intent }) => intent);
  if (seen.length === 0) return input;
  return { ...input, context: { ...context, intents: [...new Set([...(context.intents ?? []), ...seen])] } };
}
