import { emptyFeatureState, type JsonObject, type SegueEvent, updateFeatureState } from '@segue/models';
import { isTimeZone } from '../policy/time-zone.js';
import { consentFromEvent, mergeConsent } from './consent-from-event.js';
import { contactFromEvent, withContact } from './contact-from-event.js';
import { conversationAfter } from './conversation-state.js';
import { devicesAfter } from './device-from-event.js';
import { pageAfter, subjectOf } from './event-subject.js';
import { exposureFromEvent, withExposure } from './exposure-from-event.js';
import { heardFromAfter } from './heard-from-event.js';
import { listsAfter } from './lists-from-event.js';
import { isOwnEvent, OWN_EVENTS } from './own-events.js';
import { type CustomerId, PROFILE_SCHEMA_VERSION, type Profile, RECENT_KEPT } from './profile.js';
import { suppressionFromEvent, withSuppression } from './suppression-from-event.js';
import { textIn } from './text-in.js';

/** The profile of a customer before the first event has been applied. */
export function newProfile(customerId: CustomerId, firstSeenAt: Date): Profile {
  return {
    customerId,
    schemaVersion: PROFILE_SCHEMA_VERSION,
    traits: {},
    traitTimes: {},
    consent: [],
    timeZone: null,
    language: null,
    firstSeenAt,
    lastSeenAt: firstSeenAt,
    lastBehaviourAt: null,
    features: emptyFeatureState(),
    contacts: [],
    suppressions: [],
    exposures: [],
    page: null,
    conversation: null,
    recent: [],
    recentSince: null,
    totals: { orders: 0, revenue: 0, currency: '' },
  };
}

function earlier(a: Date, b: Date): Date {
  return a.getTime() <= b.getTime() ? a : b;
}
function later(a: Date, b: Date): Date {
  return a.getTime() >= b.getTime() ? a : b;
}

/** What an event says of traits; null for events that say nothing of them. */
function traitsOf({ type, name, properties }: SegueEvent): JsonObject | null {
  if (type === 'identify') return properties;
  const { traits } = properties;
  const isOurs = type === 'track' && name === OWN_EVENTS.traitsUpdated;
  return isOurs && typeof traits === 'object' && traits !== null && !Array.isArray(traits)
    ? (traits as JsonObject)
    : null;
}

/** The newest word on each trait wins, whatever order the events arrive in. `consent` is kept apart. */
function traitsAfter(profile: Profile, event: SegueEvent): Pick<Profile, 'traits' | 'traitTimes'> {
  const { traits, traitTimes } = profile;
  const stated = traitsOf(event);
  if (stated === null) return { traits, traitTimes };
  const said = event.timestamp.getTime();
  const fresh = Object.entries(stated).filter(
    ([name]) => name !== 'consent' && (traitTimes[name] ?? Number.NEGATIVE_INFINITY) <= said,
  );
  return {
    traits: { ...traits, ...Object.fromEntries(fresh) },
    traitTimes: { ...traitTimes, ...Object.fromEntries(fresh.map(([name]) => [name, said])) },
  };
}

function timeZoneAfter(profile: Profile, event: SegueEvent): string | null {
  const trait = event.type === 'identify' ? textIn(event.properties, 'timezone') : undefined;
  const said = trait ?? textIn(event.context, 'timezone');
  return said !== undefined && said !== profile.timeZone && isTimeZone(said) ? said : profile.timeZone;
}

function languageAfter(profile: Profile, event: SegueEvent): string | null {
  const trait = event.type === 'identify' ? textIn(event.properties, 'language') : undefined;
  return trait ?? textIn(event.context, 'locale') ?? profile.language;
}

function numberOf(object: JsonObject, key: string): number | null {
  const value = object[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function totalsAfter(profile: Profile, event: SegueEvent): Profile['totals'] {
  if (event.type !== 'track' || event.name !== 'Order Completed') return profile.totals;
  const { orders, revenue, currency } = profile.totals;
  const worth = numberOf(event.properties, 'total') ?? numberOf(event.properties, 'revenue') ?? 0;
  return {
    orders: orders + 1,
    revenue: revenue + worth,
    currency: textIn(event.properties, 'currency') ?? currency,
  };
}

function recentAfter(profile: Profile, event: SegueEvent): Pick<Profile, 'recent' | 'recentSince'> {
  const { recent, recentSince } = profile;
  if (event.name === '' || isOwnEvent(event) || (recentSince !== null && event.timestamp < recentSince))
    return { recent, recentSince };
  const about = subjectOf(event);
  const happened = { name: event.name, at: event.timestamp, ...(about === undefined ? {} : { about }) };
  const all = [...recent, happened].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.name < b.name ? -1 : 1),
  );
  const forgotten = all.length > RECENT_KEPT ? all[all.length - RECENT_KEPT - 1] : undefined;
  // What was forgotten may share its instant with what is kept, so completeness begins a millisecond later.
  const since = forgotten === undefined ? recentSince : new Date(forgotten.at.getTime() + 1);
  return { recent: all.slice(-RECENT_KEPT), recentSince: since };
}

/** What becomes of a profile by one event. Pure; the event counts once only if it is applied once. */
export function applyEvent(profile: Profile, event: SegueEvent): Profile {
  const contact = contactFromEvent(event);
  const suppression = suppressionFromEvent(event);
  const exposure = exposureFromEvent(event);
  const isOurs = contact !== null || isOwnEvent(event);
  const isNewest = event.timestamp.getTime() >= profile.lastSeenAt.getTime();
  return {
    ...profile,
    ...traitsAfter(profile, event),
    consent: mergeConsent(profile.consent, consentFromEvent(event)),
    timeZone: isNewest ? timeZoneAfter(profile, event) : profile.timeZone,
    language: isNewest ? languageAfter(profile, event) : profile.language,
    firstSeenAt: earlier(profile.firstSeenAt, event.timestamp),
    lastSeenAt: later(profile.lastSeenAt, event.timestamp),
    lastBehaviourAt: isOurs
      ? profile.lastBehaviourAt
      : later(profile.lastBehaviourAt ?? event.timestamp, event.timestamp),
    features: updateFeatureState(profile.features, event),
    contacts: contact === null ? profile.contacts : withContact(profile.contacts, contact),
    suppressions:
      suppression === null ? profile.suppressions : withSuppression(profile.suppressions, suppression),
    exposures: exposure === null ? profile.exposures : withExposure(profile.exposures, exposure),
    ...devicesAfter(profile, event),
    ...heardFromAfter(profile, event),
    ...listsAfter(profile, event),
    page: pageAfter(profile.page, event),
    conversation: conversationAfter(profile.conversation, event),
    ...recentAfter(profile, event),
    totals: totalsAfter(profile, event),
  };
}
