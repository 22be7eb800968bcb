import { consentOf, type InboundEvent } from '@segue/integrations';
import type { SegueEvent } from '@segue/models';
import { OWN_EVENTS } from './own-events.js';
import type { ConsentEntry } from './profile.js';

const MARKETING_CATEGORY = /^(?:marketing|advertising)(?:[_ -](?<channel>[a-z]+))?$/i;
const PROFILING_CATEGORY = /^(?:personali[sz]ation|profiling)$/i;

/** Which channel and purpose a consent manager's category speaks of: `marketing_email`, `Advertising`, `personalisation`. */
function categoryScope(category: string): Pick<ConsentEntry, 'channel' | 'purpose'> {
  const marketing = MARKETING_CATEGORY.exec(category);
  if (marketing !== null)
    return { channel: marketing.groups?.['channel']?.toLowerCase() ?? '*', purpose: 'marketing' };
  return { channel: '*', purpose: PROFILING_CATEGORY.test(category) ? 'profiling' : category.toLowerCase() };
}

function statement(allowed: boolean, source: string): Pick<ConsentEntry, 'state' | 'source'> {
  return { state: allowed ? 'granted' : 'denied', source };
}

/** `traits.consent`: `{ email: true }` (marketing), or `{ email: { marketing: true, service: false } }`. */
function consentTraits(event: SegueEvent): ConsentEntry[] {
  if (event.type !== 'identify') return [];
  const given = event.properties['consent'];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given).flatMap(([channel, value]): ConsentEntry[] => {
    if (typeof value === 'boolean') {
      return [{ channel, purpose: 'marketing', ...statement(value, 'identify'), at: event.timestamp }];
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([purpose, allowed]) =>
      typeof allowed === 'boolean'
        ? [{ channel, purpose, ...statement(allowed, 'identify'), at: event.timestamp }]
        : [],
    );
  });
}

function consentManager(event: SegueEvent): ConsentEntry[] {
  const categories = consentOf({ context: event.context } satisfies Pick<InboundEvent, 'context'>);
  return [...(categories ?? [])].map(([category, allowed]) => ({
    ...categoryScope(category),
    ...statement(allowed, 'consent manager'),
    at: event.timestamp,
  }));
}

/** `Consent Updated`: what a preference page, an agent or a channel was told, with where it came from. */
function statedConsent({ type, name, properties, timestamp }: SegueEvent): ConsentEntry[] {
  if (type !== 'track' || name !== OWN_EVENTS.consentUpdated) return [];
  const { channel, purpose, state, source } = properties;
  if (state !== 'granted' && state !== 'denied') return [];
  return [
    {
      channel: typeof channel === 'string' && channel !== '' ? channel : '*',
      purpose: typeof purpose === 'string' && purpose !== '' ? purpose : 'marketing',
      state,
      source: typeof source === 'string' && source !== '' ? source : name,
      at: timestamp,
    },
  ];
}

function withdrawals(event: SegueEvent): ConsentEntry[] {
  if (event.type !== 'track') return [];
  if (event.name !== 'Unsubscribed' && event.name !== 'Email Marked as Spam') return [];
  return [{ channel: 'email', purpose: 'marketing', ...statement(false, event.name), at: event.timestamp }];
}

/** What an event says about consent; a withdrawal in any form counts. */
export function consentFromEvent(event: SegueEvent): readonly ConsentEntry[] {
  return [...consentTraits(event), ...consentManager(event), ...statedConsent(event), ...withdrawals(event)];
}

/** The latest word per channel and purpose wins, whatever order the events arrive in; at the same instant a no wins. */
export function mergeConsent(
  entries: readonly ConsentEntry[],
  stated: readonly ConsentEntry[],
): readonly ConsentEntry[] {
  const latest = new Map(entries.map((entry) => [`${entry.channel}\n${entry.purpose}`, entry]));
  for (const entry of stated) {
    const key = `${entry.channel}\n${entry.purpose}`;
    const known = latest.get(key);
    const newer = known === undefined || entry.at.getTime() > known.at.getTime();
    const tiedNo =
      known !== undefined && entry.at.getTime() === known.at.getTime() && entry.state === 'denied';
    if (newer || tiedNo) latest.set(key, entry);
  }
  return [...latest.values()];
}
