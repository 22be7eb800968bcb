import type { Action } from '../catalogue/action.js';
import type { DecideInput } from '../decide/decide-input.js';
import type { ContactEntry } from '../decide/decision-profile.js';
import { inGlobalHoldOut } from '../experiments/assign-experiments.js';
import type { Cooldown, FrequencyLimit } from '../policy/contact-policy.js';
import type { Policies } from '../policy/policies.js';

// Everything here is written from the policies' descriptions, slowly and without the engine's own code (only durations of
// whole days occur), so that a mistake of the engine isn't made twice.

const DAY = 86_400_000;
const ms = (duration: string): number => Number.parseInt(duration, 10) * DAY;

type Choice = { readonly action: Action; readonly channel: string };
type Selecting = { readonly appliesTo: FrequencyLimit['appliesTo'] };

function concerns(
  { appliesTo }: Selecting,
  group: string,
  { class: itsClass, channel }: { class: string; channel: string },
): boolean {
  const { channels, classes, groups } = appliesTo;
  return (
    (!channels || channels.map(String).includes(channel)) &&
    (!classes || classes.map(String).includes(itsClass)) &&
    (!groups || groups.map(String).includes(group))
  );
}

function shares(per: FrequencyLimit['per'], entry: ContactEntry, { action, channel }: Choice): boolean {
  return {
    customer: true,
    channel: entry.channel === channel,
    class: entry.class === action.class,
    issue: entry.issueId === action.issue,
    group: entry.groupId === action.group,
    action: entry.actionId === action.actionId,
    treatment: entry.actionId === action.actionId,
  }[per];
}

/** Contacts, each at the earliest moment anything is known of it. */
function contacts(history: readonly ContactEntry[]): ContactEntry[] {
  const sorted = [...history].sort((a, b) => a.at.getTime() - b.at.getTime());
  return sorted.filter(
    (entry, index) =>
      sorted.findIndex(
        (other) =>
          other.decisionId === entry.decisionId &&
          other.actionId === entry.actionId &&
          other.channel === entry.channel,
      ) === index,
  );
}

function limitReached(
  limit: FrequencyLimit,
  choice: Choice,
  { now, history }: { now: number; history: readonly ContactEntry[] },
): boolean {
  if (!concerns(limit, choice.action.group, { class: choice.action.class, channel: choice.channel }))
    return false;
  const counted = contacts(history).filter(
    (entry) =>
      entry.at.getTime() > now - ms(limit.window) &&
      concerns(limit, entry.groupId, entry) &&
      shares(limit.per, entry, choice),
  );
  return counted.length >= limit.max;
}

function coolingDown(
  rule: Cooldown,
  choice: Choice,
  { now, history }: { now: number; history: readonly ContactEntry[] },
): boolean {
  if (!concerns(rule, choice.action.group, { class: choice.action.class, channel: choice.channel }))
    return false;
  const times = history
    .filter(
      (entry) =>
        rule.outcomes.some((outcome) => outcome === entry.outcome) &&
        concerns(rule, entry.groupId, entry) &&
        shares(rule.per, entry, choice),
    )
    .map((entry) => entry.at.getTime());
  return times.some((last) => {
    const inWindow = times.filter((time) => time <= last && time >= last - ms(rule.within)).length;
    return inWindow >= rule.times && last + ms(rule.suppressFor) > now;
  });
}

function wallClock(now: Date, timeZone: string): { minutes: number; weekday: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
    weekday: part('weekday').toLowerCase(),
  };
}

function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function disturbs(policies: Policies, choice: Choice, { now, profile }: DecideInput): boolean {
  const local = wallClock(now, profile.timeZone);
  const applies = (rule: Selecting): boolean =>
    concerns(rule, choice.action.group, { class: choice.action.class, channel: choice.channel });
  const quiet = policies.contact.quietHours.some((rule) => {
    const [from, to] = [minutes(rule.from), minutes(rule.to)];
    const inside =
      from < to ? local.minutes >= from && local.minutes < to : local.minutes >= from || local.minutes < to;
    return applies(rule) && inside;
  });
  return (
    quiet ||
    policies.contact.allowedDays.some(
      (rule) => applies(rule) && !rule.days.some((day) => day === local.weekday),
    )
  );
}

function notPermitted({ action, channel }: Choice, { profile, now }: DecideInput): string | undefined {
  const stopped = profile.suppressions.some(
    (suppression) =>
      (suppression.until === undefined || suppression.until > now) &&
      (suppression.channel === undefined || suppression.channel === channel) &&
      (suppression.classes === undefined || suppression.classes.includes(action.class)) &&
      (suppression.kind === 'legal' || action.class !== 'mandatory'),
  );
  if (stopped) return 'suppressed';
  const { marketing, service } = profile.consent[channel] ?? {};
  const optIn = channel === 'email' || channel === 'sms';
  if (
    action.class === 'promotional' &&
    (optIn ? marketing?.state !== 'granted' : marketing?.state === 'denied')
  )
    return 'no consent to marketing';
  if (action.class === 'transactional' && service?.state === 'denied')
    return 'no consent to service messages';
  return undefined;
}

function usedUp({ action }: Choice, { usage, profile, now }: DecideInput): string | undefined {
  if ((action.startsAt && now < action.startsAt) || (action.endsAt && now >= action.endsAt))
    return 'out of date';
  const spent = usage?.get(action.actionId) ?? { contacts: 0, acceptances: 0, spent: 0 };
  const { budget, totalContacts, acceptancesPerCustomer, contactsPerCustomer } = action.limits;
  if (budget !== undefined && (spent.spent >= budget || spent.spent + action.cost > budget))
    return 'budget run out';
  if (totalContacts !== undefined && spent.contacts >= totalContacts) return 'contacts used up';
  const own = profile.contactHistory.filter((entry) => entry.actionId === action.actionId);
  if (
    acceptancesPerCustomer !== undefined &&
    own.filter((entry) => entry.outcome === 'accepted').length >= acceptancesPerCustomer
  )
    return 'accepted before';
  if (contactsPerCustomer !== undefined && contacts(own).length >= contactsPerCustomer)
    return 'shown often enough';
  return undefined;
}

/** Why this choice must not have been made; undefined = it may. `history` includes what earlier slots took. */
export function forbidden(
  choice: Choice,
  input: DecideInput,
  { policies, history }: { readonly policies: Policies; readonly history: readonly ContactEntry[] },
): string | undefined {
  const { action } = choice;
  const promotional = action.class === 'promotional';
  const at = { now: input.now.getTime(), history };
  const reason = notPermitted(choice, input) ?? usedUp(choice, input);
  if (reason !== undefined) return reason;
  const seesFeatures = !(input.profile.noProfiling && promotional);
  const x = seesFeatures ? input.profile.features['x'] : null;
  const least =
    action.eligibility.length === 0 ? null : Number(Reflect.get(action.eligibility[0]?.when ?? {}, 'value'));
  if (least !== null && (typeof x !== 'number' || x < least)) return 'not eligible';
  if (promotional && inGlobalHoldOut(policies.globalHoldOut, input.profile.bucketingKey)) return 'held out';
  if (action.class === 'mandatory') return undefined;
  if (promotional && policies.contact.limits.some((limit) => limitReached(limit, choice, at)))
    return 'capped';
  if (
    policies.contact.cooldowns.some((rule) =>
      coolingDown(rule, choice, { ...at, history: input.profile.contactHistory }),
    )
  )
    return 'cooling down';
  return disturbs(policies, choice, input) ? 'not at this time' : undefined;
}
