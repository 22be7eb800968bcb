import type { ContactEntry } from '../decide/decision-profile.js';
import { contactsOf, limitFreeAt, limitTimes } from './contact-ledger.js';
import type { FrequencyLimit } from './contact-policy.js';

/** How much of a limit over all of a customer's contacts is left. */
export type ContactBudget = {
  readonly name: string;
  readonly max: number;
  readonly used: number;
  /** As in the policy: `7d`. */
  readonly window: string;
  /** When the next contact fits in again; null while one does, and where none ever will. */
  readonly freeAt: Date | null;
};

/**
 * What limits leave of contacts now, counted as a decision counts them. Limits per group, action or the like are left out:
 * what they leave depends on what is to be sent.
 */
export function contactBudgets(
  limits: readonly FrequencyLimit[],
  history: readonly ContactEntry[],
  now: Date,
): readonly ContactBudget[] {
  const contacts = contactsOf(history);
  return limits.flatMap((limit) => {
    if (limit.per !== 'customer') return [];
    const times = [...limitTimes(limit, contacts, now.getTime()).values()].flat();
    const { name, max, window } = limit;
    const freeAt = times.length < max ? null : limitFreeAt(limit, times);
    return [{ name, max, used: times.length, window, freeAt }];
  });
}
