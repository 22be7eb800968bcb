import { FEATURES, featureValues } from '@segue/models';
import type { ChurnView } from '../api/shapes/reason.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { Profile } from '../customers/profile.js';
import type { ReservedContact } from '../customers/reserved-contact.js';
import { profileOf } from '../customers/stored-profile.js';
import type { DecisionProfile } from '../decide/decision-profile.js';
import { churnView } from '../scoring/churn-view.js';
import type { Scorers } from '../scoring/scorers.js';
import { valueScoreOf, valueView } from '../scoring/value-view.js';
import type { DecidingRules } from './deciding-rules.js';
import { decisionProfileOf } from './decision-profile-of.js';

/** A stored customer, as decisions start from: the profile, and the room that earlier decisions took. */
export type KnownCustomer = {
  readonly profile: Profile;
  readonly reserved: readonly ReservedContact[];
};

/** @throws when the stored features are of another version */
export function knownCustomerOf(document: CustomerDocument): KnownCustomer {
  return { profile: profileOf(document), reserved: document.reserved ?? [] };
}

/** What is known of a customer at a moment, worked out from what is stored. */
export type CustomerFacts = {
  readonly decisionProfile: DecisionProfile;
  /** In the order of FEATURES; NaN where a value is missing. */
  readonly values: Float64Array;
  readonly churn: ChurnView | null;
};

export function customerFacts(
  { profile, reserved }: KnownCustomer,
  { rules, scorers, now }: { readonly rules: DecidingRules; readonly scorers: Scorers; readonly now: Date },
): CustomerFacts {
  const values = featureValues(profile.features, now);
  const churn = churnView(scorers, profile, { now, values });
  const value = valueScoreOf(valueView(scorers.value, profile, { now, values }));
  const features = Object.fromEntries(
    FEATURES.map(({ name }, index) => {
      const known = values[index] ?? Number.NaN;
      return [name, Number.isNaN(known) ? null : known];
    }),
  );
  const decisionProfile = decisionProfileOf({ profile, reserved, features, churn, value, rules, now });
  return { decisionProfile, values, churn };
}
