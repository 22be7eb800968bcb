import type { CustomerDocument } from './customer-document.js';
import { displayNameOf } from './display-name.js';
import type { CustomerId, Profile } from './profile.js';

/** A name as it is searched for: whole, and from each of its words on. */
function searchNamesOf(displayName: string): string[] {
  const words = displayName.toLowerCase().split(/\s+/);
  return words.map((_, index) => words.slice(index).join(' ').slice(0, 100));
}

/** The profile inside a stored customer. */
export function profileOf(document: CustomerDocument): Profile {
  const {
    _id,
    revision,
    applying,
    mergedInto,
    mergePending,
    searchNames,
    churn,
    attention,
    scoredAt,
    reserved,
    reservedRevision,
    ...profile
  } = document;
  return {
    ...profile,
    customerId: _id as CustomerId,
    // Profiles from before there were suppressions, experiments and pages have none.
    page: profile.page ?? null,
    suppressions: profile.suppressions ?? [],
    exposures: profile.exposures ?? [],
  };
}

/** The fields a save writes: the profile, and that its scores are out of date. */
export function profileFields(
  profile: Profile,
): Omit<Profile, 'customerId'> & { scoredAt: null; searchNames: string[] } {
  const { customerId, ...fields } = profile;
  return {
    ...fields,
    scoredAt: null,
    searchNames: searchNamesOf(displayNameOf({ _id: customerId, traits: profile.traits })),
  };
}
