import type { ChurnView } from '../api/shapes/reason.js';
import type { Action } from '../catalogue/action.js';
import { bucketingKeyOf } from '../customers/exposure-from-event.js';
import { listsOf } from '../customers/lists-from-event.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import type { ConsentEntry, ContactEntry, Profile, SuppressionEntry } from '../customers/profile.js';
import type { ReservedContact } from '../customers/reserved-contact.js';
import { suppressionsInForce } from '../customers/suppression-from-event.js';
import type {
  ConsentRecord,
  DecisionProfile,
  ContactEntry as PolicyContact,
  ProfileScore,
  Purpose,
  Suppression,
  TraitValue,
} from '../decide/decision-profile.js';
import type { DecidingRules } from './deciding-rules.js';

/** Channels a `*` consent speaks for, besides those of the catalogue. */
const KNOWN_CHANNELS = ['agent', 'web', 'app', 'email', 'sms', 'whatsapp', 'push'];

function traitValue(value: Profile['traits'][string]): TraitValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.map(String)
    : undefined;
}

/** Computed traits by name, without since when they are so. */
export function computedValues(
  computed: NonNullable<Profile['computed']>,
): NonNullable<DecisionProfile['computed']> {
  return Object.fromEntries(Object.entries(computed).map(([name, { value }]) => [name, value]));
}

function purposeOf(entry: ConsentEntry): Purpose | null {
  return entry.purpose === 'marketing' || entry.purpose === 'service' ? entry.purpose : null;
}

/** Consent by channel and purpose; what is said of one channel wins over what is said of all when it is newer. */
export function consentOf(
  profile: Pick<Profile, 'consent'>,
  channels: readonly string[],
): DecisionProfile['consent'] {
  const byChannel = new Map<string, Partial<Record<Purpose, ConsentRecord>>>();
  const inOrder = [...profile.consent].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const entry of inOrder) {
    const purpose = purposeOf(entry);
    if (purpose === null) continue;
    for (const channel of entry.channel === '*' ? channels : [entry.channel]) {
      const known = byChannel.get(channel) ?? {};
      // A general yes doesn't open a channel that its owner closed; a general no closes every channel.
      if (entry.channel === '*' && entry.state === 'granted' && known[purpose] !== undefined) continue;
      byChannel.set(channel, {
        ...known,
        [purpose]: { state: entry.state, source: entry.source, at: entry.at },
      });
    }
  }
  return Object.fromEntries(byChannel);
}

function contactOf(contact: ContactEntry, action: Action | undefined): PolicyContact {
  return {
    at: contact.at,
    outcome: contact.outcome,
    decisionId: contact.decisionId,
    actionId: contact.actionId,
    treatmentId: contact.treatmentId,
    groupId: action?.group ?? contact.groupId,
    issueId: action?.issue ?? '',
    // An action that is no longer in the catalogue counts as the class that obeys most limits.
    class: action?.class ?? 'promotional',
    channel: contact.channel,
    tags: action?.tags ?? [],
    ...(contact.until === null ? {} : { until: contact.until }),
    ...(contact.value === undefined ? {} : { value: contact.value }),
  };
}

/** The contact history as policies and attribution read it, with what the catalogue says of each action today. */
export function contactsOf(
  contacts: readonly ContactEntry[],
  rules: Pick<DecidingRules, 'action'>,
): PolicyContact[] {
  return contacts.map((contact) => contactOf(contact, rules.action(contact.actionId)));
}

/** Room taken by decisions that are still to be shown. What was shown meanwhile is among the contacts. */
function reservations(reserved: readonly ReservedContact[], now: Date): PolicyContact[] {
  return reserved
    .filter(({ until }) => until.getTime() > now.getTime())
    .map(({ until, ...contact }) => ({ ...contact, outcome: 'reserved' as const }));
}

/** What counts against limits now: contacts, and what is decided and not shown yet. */
export function contactHistoryOf(
  profile: Pick<Profile, 'contacts'>,
  known: Pick<KnownOfCustomer, 'reserved' | 'now'> & { readonly rules: Pick<DecidingRules, 'action'> },
): PolicyContact[] {
  return [...contactsOf(profile.contacts, known.rules), ...reservations(known.reserved, known.now)];
}

function suppressionOf(entry: SuppressionEntry): Suppression {
  const { kind, reason, source, channel, classes, groups, actions, until } = entry;
  return {
    kind,
    reason: reason === '' ? source : reason,
    source,
    ...(channel === null ? {} : { channel }),
    ...(classes === null ? {} : { classes }),
    ...(groups === null ? {} : { groups }),
    ...(actions === null ? {} : { actions }),
    ...(until === null ? {} : { until }),
  };
}

export type KnownOfCustomer = {
  readonly profile: Profile;
  /** What is decided and not shown yet. */
  readonly reserved: readonly ReservedContact[];
  readonly features: Readonly<Record<string, number | null>>;
  readonly churn: ChurnView | null;
  /** Expected margin over the next year; null where no model scores it. */
  readonly value: ProfileScore | null;
  readonly rules: Pick<DecidingRules, 'action' | 'catalogue' | 'segmentsOf'>;
  readonly now: Date;
};

/** What the decision core needs to know, out of what is stored. Segments are worked out here, as of now. */
export function decisionProfileOf(known: KnownOfCustomer): DecisionProfile {
  const { profile, features, churn, value, rules, now } = known;
  const traits = Object.entries(profile.traits).flatMap(([name, given]) => {
    const plain = traitValue(given);
    return plain === undefined ? [] : [[name, plain] as const];
  });
  const channels = new Set([
    ...KNOWN_CHANNELS,
    ...rules.catalogue.actions.flatMap((action) => action.treatments.map(({ channel }) => channel)),
  ]);
  const withoutSegments: DecisionProfile = {
    customerId: profile.customerId,
    bucketingKey: bucketingKeyOf(profile),
    firstSeenAt: profile.firstSeenAt,
    traits: Object.fromEntries(traits),
    ...(profile.computed === undefined ? {} : { computed: computedValues(profile.computed) }),
    consent: consentOf(profile, [...channels]),
    suppressions: suppressionsInForce(profile.suppressions, now).map(suppressionOf),
    noProfiling: objectsToProfiling(profile),
    timeZone: profile.timeZone ?? 'UTC',
    language: profile.language,
    features,
    scores: {
      churn:
        churn === null
          ? null
          : {
              value: churn.probability,
              reasons: churn.reasons.map(({ text }) => text),
              modelVersion: churn.modelVersion,
            },
      value,
    },
    segments: [],
    lists: listsOf(profile),
    sentiment: profile.conversation?.mood ?? null,
    contactHistory: contactHistoryOf(profile, known),
    recentEvents: profile.recent,
    recentEventsSince: profile.recentSince,
  };
  return { ...withoutSegments, segments: rules.segmentsOf(withoutSegments, now) };
}
