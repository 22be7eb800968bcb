import type { ChurnView } from '../api/shapes/reason.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import type { ConsentEntry, ContactEntry, Profile } from '../customers/profile.js';
import type {
  ConsentRecord,
  DecisionProfile,
  ContactEntry as PolicyContact,
  Purpose,
  TraitValue,
} from '../decide/decision-profile.js';

/** Channels a `*` consent speaks for, besides those of the catalogue. */
const KNOWN_CHANNELS = ['agent', 'web', 'app', 'email', 'sms', 'whatsapp', 'push'];

function traitValue(value: Profile['traits'][string]): TraitValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.map(String)
    : undefined;
}

function purposeOf(entry: ConsentEntry): Purpose | null {
  return entry.purpose === 'marketing' || entry.purpose === 'service' ? entry.purpose : null;
}

/** Consent by channel and purpose; what is said of one channel wins over what is said of all when it is newer. */
function consentOf(profile: Profile, channels: readonly string[]): DecisionProfile['consent'] {
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

function contactOf(contact: ContactEntry, catalogue: Catalogue): PolicyContact {
  const action = catalogue.actions.find(({ actionId }) => actionId === contact.actionId);
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
  };
}

export type KnownOfCustomer = {
  readonly profile: Profile;
  readonly features: Readonly<Record<string, number | null>>;
  readonly churn: ChurnView | null;
  readonly catalogue: Catalogue;
};

/** What the decision core needs to know, out of what is stored. */
export function decisionProfileOf({ profile, features, churn, catalogue }: KnownOfCustomer): DecisionProfile {
  const traits = Object.entries(profile.traits).flatMap(([name, value]) => {
    const plain = traitValue(value);
    return plain === undefined ? [] : [[name, plain] as const];
  });
  const channels = new Set([
    ...KNOWN_CHANNELS,
    ...catalogue.actions.flatMap((action) => action.treatments.map(({ channel }) => channel)),
  ]);
  const contacts = profile.contacts.map((contact) => contactOf(contact, catalogue));
  return {
    customerId: profile.customerId,
    bucketingKey: profile.customerId,
    firstSeenAt: profile.firstSeenAt,
    traits: Object.fromEntries(traits),
    consent: consentOf(profile, [...channels]),
    suppressions: [],
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
      value: null,
    },
    segments: [],
    sentiment: profile.conversation?.mood ?? null,
    contactHistory: contacts,
    recentEvents: profile.recent,
    recentEventsSince: profile.recentSince,
  };
}
