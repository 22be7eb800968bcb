import type { ActionClass } from '../catalogue/action.js';
import type { ConsentEntry, Profile } from '../customers/profile.js';

/** The latest word that speaks for a channel and purpose; a word on all channels counts too. */
function latestWord(
  consent: readonly ConsentEntry[],
  channel: string,
  purpose: string,
): ConsentEntry | undefined {
  return consent
    .filter((entry) => entry.purpose === purpose && (entry.channel === channel || entry.channel === '*'))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .at(0);
}

/**
 * Whether a message may leave now: the last check, made at the moment of sending, because consent may have been
 * withdrawn since the decision. Marketing needs a yes; service messages need that there is no no.
 */
export function mayContact(
  profile: Pick<Profile, 'consent'>,
  { channel, actionClass }: { readonly channel: string; readonly actionClass: ActionClass },
): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  if (actionClass === 'mandatory') return { ok: true };
  const purpose = actionClass === 'promotional' ? 'marketing' : 'service';
  const word = latestWord(profile.consent, channel, purpose);
  if (word?.state === 'denied') {
    return { ok: false, reason: `The customer said no to ${purpose} by ${channel} (${word.source})` };
  }
  if (purpose === 'marketing' && word === undefined) {
    return { ok: false, reason: `The customer has not agreed to marketing by ${channel}` };
  }
  return { ok: true };
}
