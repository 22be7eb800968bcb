import type { ConsentEntry } from '../customers/profile.js';
import type { ConsentRecord } from '../decide/decision-profile.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import { consentOf } from '../decisions/decision-profile-of.js';

export type PreferencePurpose = 'marketing' | 'service' | 'profiling';

/** One thing a customer can say yes or no to. */
export type Preference = {
  /** `*` for what concerns every channel. */
  readonly channel: string;
  readonly purpose: PreferencePurpose;
  /** Whether we take it as a yes now, by what was said or by the rule where nothing was. */
  readonly on: boolean;
  /** What was last said about it; null where nothing was. */
  readonly said: Pick<ConsentRecord, 'state' | 'source' | 'at'> | null;
  /** Channels with a no of their own, which a yes has to take back too. */
  readonly alsoDeniedOn?: readonly string[];
};

export type PreferenceChange = Pick<Preference, 'channel' | 'purpose'> & {
  readonly state: 'granted' | 'denied';
};

/** Where we answer rather than write: nothing comes to anybody there. */
const NOT_MESSAGES: ReadonlySet<string> = new Set(['agent', 'web', 'app']);

/** The name of a preference in a form. */
export function preferenceKey({ channel, purpose }: Pick<Preference, 'channel' | 'purpose'>): string {
  return `${channel}.${purpose}`;
}

function channelsOf(consent: readonly ConsentEntry[], rules: Pick<DecidingRules, 'catalogue'>): string[] {
  const used = rules.catalogue.actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
  const spokenOf = consent.map(({ channel }) => channel);
  return [...new Set(['email', ...used, ...spokenOf])].filter(
    (channel) => channel !== '*' && !NOT_MESSAGES.has(channel),
  );
}

/** How a customer's preferences stand: marketing and service on every channel that writes to people, and profiling. */
export function preferencesOf(
  { consent }: { readonly consent: readonly ConsentEntry[] },
  rules: Pick<DecidingRules, 'catalogue' | 'policies'>,
): readonly Preference[] {
  const channels = channelsOf(consent, rules);
  const byChannel = consentOf({ consent }, channels);
  const models = rules.policies.contact.consent;
  const messages = channels.flatMap((channel): Preference[] => {
    const model = (Object.hasOwn(models, channel) ? models[channel] : undefined) ?? 'optIn';
    const said = Object.hasOwn(byChannel, channel) ? byChannel[channel] : undefined;
    const marketing = said?.marketing ?? null;
    const service = said?.service ?? null;
    return [
      {
        channel,
        purpose: 'marketing',
        on: model === 'optIn' ? marketing?.state === 'granted' : marketing?.state !== 'denied',
        said: marketing,
      },
      { channel, purpose: 'service', on: service?.state !== 'denied', said: service },
    ];
  });
  const profiling = consent.filter(({ purpose }) => purpose === 'profiling');
  const [no] = profiling.filter(({ state }) => state === 'denied');
  const alsoDeniedOn = profiling
    .filter(({ channel, state }) => state === 'denied' && channel !== '*')
    .map(({ channel }) => channel);
  return [
    ...messages,
    {
      channel: '*',
      purpose: 'profiling',
      on: no === undefined,
      said: no ?? profiling[0] ?? null,
      alsoDeniedOn,
    },
  ];
}

/**
 * What a customer changed: of the preferences they saw, those that they want otherwise. What changed meanwhile without their
 * seeing it stays as it is.
 */
export function changesOf(
  known: readonly Preference[],
  { shown, wanted }: { readonly shown: ReadonlySet<string>; readonly wanted: ReadonlySet<string> },
): readonly PreferenceChange[] {
  return known.flatMap(({ channel, purpose, alsoDeniedOn = [] }): PreferenceChange[] => {
    const key = preferenceKey({ channel, purpose });
    if (shown.has(key) === wanted.has(key)) return [];
    if (!wanted.has(key)) return [{ channel, purpose, state: 'denied' }];
    return [channel, ...alsoDeniedOn].map((each) => ({ channel: each, purpose, state: 'granted' }));
  });
}

/** No to everything, on channels that come later too. */
export const STOP_EVERYTHING: readonly PreferenceChange[] = [
  { channel: '*', purpose: 'marketing', state: 'denied' },
  { channel: '*', purpose: 'service', state: 'denied' },
  { channel: '*', purpose: 'profiling', state: 'denied' },
];
