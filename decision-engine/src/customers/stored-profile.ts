import { emptyFeatureState } from '@segue/models';
import type { CustomerDocument } from './customer-document.js';
import { displayNameOf } from './display-name.js';
import type { CustomerId, Profile } from './profile.js';

/** A name as it is searched for: whole, and from each of its words on. */
function searchNamesOf(displayName: string): string[] {
  const words = displayName.toLowerCase().split(/\s+/);
  return words.map((_, index) => words.slice(index).join(' ').slice(0, 100));
}

/** The form in which this version keeps features. */
export const FEATURE_STATE_VERSION = emptyFeatureState().version;

/**
 * The profile inside a stored customer.
 * @throws when another version of Segue kept the features in another form; `rebuildFeatures` makes them anew
 */
export function profileOf(document: CustomerDocument): Profile {
  const { version } = document.features;
  if (version !== FEATURE_STATE_VERSION) {
    throw new Error(
      `Expected the features of customer ${document._id} to be of version ${FEATURE_STATE_VERSION}, got version ${version} (kept by another version of Segue). Start Segue once: it makes them anew from the events.`,
    );
  }
  const {
    _id,
    revision,
    applying,
    mergedInto,
    mergePending,
    searchNames,
    churn,
    expectedYear,
    attention,
    scoredAt,
    segments,
    segmentsAt,
    segmentNews,
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
): Omit<Profile, 'customerId' | 'computed'> & { scoredAt: null; searchNames: string[] } {
  const { customerId, computed, ...fields } = profile;
  return {
    ...fields,
    scoredAt: null,
    searchNames: searchNamesOf(displayNameOf({ _id: customerId, traits: profile.traits })),
  };
}
