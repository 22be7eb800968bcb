import { valueText } from '../../conditions/compare.js';
import type { ActionUsage } from '../decide-input.js';
import type { RuleResult } from '../decision-result.js';
import { type CompiledRule, drop, pass, type RuleTarget } from './rule.js';

/** Sums of money in binary fractions are off by less than this. */
const ROUNDING = 1e-9;
const UNUSED: ActionUsage = { contacts: 0, acceptances: 0, spent: 0 };

type Cap = { readonly rule: string; readonly what: string; readonly used: number; readonly max: number };

/** Results kept for use again; in a large shop there are more sums of money than are worth keeping. */
const MOST_KEPT = 2_000;
const kept = new Map<string, RuleResult>();

/** The same result object for the same words: most actions and customers are far from their caps, at the same few numbers. */
function oneResult(key: string, make: () => RuleResult): RuleResult {
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const result = make();
  kept.set(key, result);
  return result;
}

function capResult({ rule, what, used, max }: Cap): RuleResult {
  return oneResult(`${rule}|${used}|${max}`, () => {
    const naming = { stage: 'limits', rule } as const;
    const detail = `${valueText(used)} of ${valueText(max)} ${what} used`;
    return used < max ? pass(naming, detail) : drop(naming, detail);
  });
}

function totalRules({ action, treatment }: RuleTarget): CompiledRule[] {
  const { totalContacts, totalAcceptances, budget } = action.limits;
  const usage: (scope: Parameters<CompiledRule>[0]) => ActionUsage = (scope) =>
    scope.input.usage?.get(action.actionId) ?? UNUSED;
  const rules: CompiledRule[] = [];
  if (totalContacts !== undefined) {
    rules.push((scope) =>
      capResult({
        rule: 'contacts in all',
        what: 'contacts',
        used: usage(scope).contacts,
        max: totalContacts,
      }),
    );
  }
  if (totalAcceptances !== undefined) {
    rules.push((scope) =>
      capResult({
        rule: 'acceptances in all',
        what: 'acceptances',
        used: usage(scope).acceptances,
        max: totalAcceptances,
      }),
    );
  }
  if (budget !== undefined) {
    const next = action.cost + treatment.contactCost;
    const naming = { stage: 'limits', rule: 'budget' } as const;
    rules.push((scope) => {
      const { spent } = usage(scope);
      return oneResult(`budget|${spent}|${budget}|${next}`, () => {
        const detail = `${valueText(spent)} of ${valueText(budget)} spent, the next may cost ${valueText(next)}`;
        return spent + next <= budget + ROUNDING && spent < budget
          ? pass(naming, detail)
          : drop(naming, detail);
      });
    });
  }
  return rules;
}

function perCustomerRules({ action }: RuleTarget): CompiledRule[] {
  const { contactsPerCustomer, acceptancesPerCustomer } = action.limits;
  const rules: CompiledRule[] = [];
  if (contactsPerCustomer !== undefined) {
    rules.push((scope) => {
      const used = scope.contactCount(action.actionId);
      return capResult({
        rule: 'contacts per customer',
        what: 'contacts with this customer',
        used,
        max: contactsPerCustomer,
      });
    });
  }
  if (acceptancesPerCustomer !== undefined) {
    rules.push((scope) => {
      const used = scope.input.profile.contactHistory.filter(
        (entry) => entry.actionId === action.actionId && entry.outcome === 'accepted',
      ).length;
      return capResult({
        rule: 'acceptances per customer',
        what: 'acceptances of this customer',
        used,
        max: acceptancesPerCustomer,
      });
    });
  }
  return rules;
}

/** Caps and budgets of the action itself, over all customers and for this one. */
export function limitRules(target: RuleTarget): CompiledRule[] {
  return [...totalRules(target), ...perCustomerRules(target)];
}
