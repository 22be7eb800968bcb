import { featureRecord } from '@segue/models';
import type { CustomerView } from '../api/shapes/customer.js';
import type { ValueView } from '../api/shapes/reason.js';
import type { ComputedTrait } from '../computed-traits/computed-trait.js';
import type { ContactBudget } from '../policy/contact-budget.js';
import { utcOffsetMinutes } from '../policy/local-time.js';
import type { CustomerDocument } from './customer-document.js';
import { displayNameOf } from './display-name.js';
import type { IdentityDocument } from './identity-document.js';
import { lastSeenOf } from './last-seen.js';

export type KnownForView = {
  readonly document: CustomerDocument;
  readonly identities: readonly IdentityDocument[];
  readonly churn: CustomerView['churn'];
  readonly value: ValueView | null;
  readonly propensities: CustomerView['propensities'];
  /** What the policies in force work out. */
  readonly definitions: readonly ComputedTrait[];
  readonly budgets: readonly ContactBudget[];
  readonly now: Date;
};

function shownTraits(traits: CustomerDocument['traits']): CustomerView['traits'] {
  return Object.fromEntries(
    Object.entries(traits).flatMap(([name, value]) => {
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
        return [[name, value as string | number | boolean | null]];
      }
      return [[name, JSON.stringify(value)]];
    }),
  );
}

function shownComputed(
  definitions: KnownForView['definitions'],
  { computed = {} }: Pick<CustomerDocument, 'computed'>,
): CustomerView['computedTraits'] {
  return definitions.flatMap(({ traitId, name }) => {
    const known = computed[traitId];
    if (known === undefined) return [];
    const value = known.value instanceof Date ? known.value.toISOString() : known.value;
    return [{ traitId, name, value, at: known.at.toISOString() }];
  });
}

/** A customer as an agent sees them. */
export function customerViewOf({
  document,
  identities,
  churn,
  value,
  propensities,
  definitions,
  budgets,
  now,
}: KnownForView): CustomerView {
  const features = featureRecord(document.features, now);
  const basketItems = features['basket_items'] ?? 0;
  return {
    customerId: document._id,
    displayName: displayNameOf(document),
    identities: identities.map(({ kind, value }) => ({ kind, value })),
    traits: shownTraits(document.traits),
    computedTraits: shownComputed(definitions, document),
    consent: document.consent.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
    contactBudgets: budgets.map(({ freeAt, ...budget }) => ({
      ...budget,
      freeAt: freeAt?.toISOString() ?? null,
    })),
    timeZone: document.timeZone,
    utcOffsetMinutes: document.timeZone === null ? null : utcOffsetMinutes(now.getTime(), document.timeZone),
    language: document.language,
    firstSeenAt: document.firstSeenAt.toISOString(),
    lastSeenAt: lastSeenOf(document).toISOString(),
    churn,
    value,
    propensities,
    summary: {
      orders: document.totals.orders,
      revenue: document.totals.revenue,
      currency: document.totals.currency,
      averageOrderValue: features['order_value_mean'] ?? null,
      daysSinceOrder: features['days_since_order'] ?? null,
      sessions30Days: features['visits_30d'] ?? 0,
      supportContacts90Days: features['support_contacts_90d'] ?? 0,
    },
    basket:
      basketItems > 0
        ? {
            items: basketItems,
            value: features['basket_value'] ?? 0,
            daysOld: features['basket_idle_hours'] == null ? null : features['basket_idle_hours'] / 24,
          }
        : null,
  };
}
