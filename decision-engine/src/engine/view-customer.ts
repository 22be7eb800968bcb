import type { CustomerView } from '../api/shapes/customer.js';
import { customerViewOf } from '../customers/customer-view.js';
import { findCustomer } from '../customers/find-customer.js';
import { propensityByGroup } from '../customers/propensity-by-group.js';
import { unpackCandidates } from '../decide/pack-candidates.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { contactHistoryOf } from '../decisions/decision-profile-of.js';
import { contactBudgets } from '../policy/contact-budget.js';
import { churnView } from '../scoring/churn-view.js';
import { valueView } from '../scoring/value-view.js';
import type { Engine } from './engine.js';

/** A customer as an agent sees them, scored now. Null when there is no such customer. */
export async function viewCustomer(engine: Engine, customerId: string): Promise<CustomerView | null> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return null;
  const now = engine.clock();
  const [identities, decision] = await Promise.all([
    engine.store.identities.find({ customerId: document._id }).lean(),
    engine.store.decisions
      .findOne({ customerId: document._id, channel: 'agent' })
      .sort({ decidedAt: -1 })
      .lean<DecisionDocument | null>(),
  ]);
  const churn = churnView(engine.scorers(), document, { now });
  const value = valueView(engine.scorers().value, document, { now });
  const rules = engine.rules();
  const { computedTraits: definitions, contact } = rules.policies;
  const history = contactHistoryOf(document, { reserved: document.reserved ?? [], rules, now });
  const budgets = contactBudgets(contact.limits, history, now);
  const propensities =
    decision === null
      ? []
      : propensityByGroup(unpackCandidates(decision.candidates), (actionId) => rules.action(actionId)?.name);
  return customerViewOf({ document, identities, churn, value, propensities, definitions, budgets, now });
}
