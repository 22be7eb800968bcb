import type { ConsentModel, ContactPolicy } from '../../policy/contact-policy.js';
import type { ConsentRecord, DecisionProfile, Suppression } from '../decision-profile.js';
import type { RuleResult } from '../decision-result.js';
import { type CompiledRule, drop, pass, type RuleTarget, stop } from './rule.js';
import type { RuleSharing } from './rule-sharing.js';

const SUPPRESSION = { stage: 'suppression', rule: 'suppression' } as const;
const CONSENT = { stage: 'consent', rule: 'consent' } as const;
const NOT_SUPPRESSED = pass(SUPPRESSION, 'not suppressed');

function concerns(suppression: Suppression, { action, treatment }: RuleTarget, now: number): boolean {
  if (suppression.until !== undefined && suppression.until.getTime() <= now) return false;
  if (suppression.kind === 'pause' && action.class === 'mandatory') return false;
  return (
    (suppression.channel === undefined || suppression.channel === treatment.channel) &&
    (suppression.classes === undefined || suppression.classes.includes(action.class)) &&
    (suppression.groups === undefined || suppression.groups.includes(action.group)) &&
    (suppression.actions === undefined || suppression.actions.includes(action.actionId))
  );
}

function scopeText({ channel, groups, actions }: Suppression): string {
  return [
    channel === undefined ? 'on every channel' : `on ${channel}`,
    ...(groups === undefined ? [] : [`for ${groups.join(', ')}`]),
    ...(actions === undefined ? [] : [`for ${actions.join(', ')}`]),
  ].join(' ');
}

function suppressionRule(target: RuleTarget): CompiledRule {
  return (scope): RuleResult => {
    const { suppressions } = scope.input.profile;
    if (suppressions.length === 0) return NOT_SUPPRESSED;
    const found = suppressions.find((suppression) => concerns(suppression, target, scope.now));
    if (found === undefined) return NOT_SUPPRESSED;
    const detail = `suppressed ${scopeText(found)} (${found.kind}): ${found.reason}`;
    return stop(SUPPRESSION, detail, { effect: 'drop', until: found.until });
  };
}

function consentOn({ consent }: DecisionProfile, channel: string): DecisionProfile['consent'][string] {
  return Object.hasOwn(consent, channel) ? consent[channel] : undefined;
}

function state(record: ConsentRecord | undefined): string {
  if (record === undefined) return 'unknown';
  return `${record.state} (${record.source}, ${record.at.toISOString().slice(0, 10)})`;
}

function serviceRule(channel: string, model: ConsentModel): CompiledRule {
  const notAsked = pass(CONSENT, `${channel} needs no consent`);
  if (model === 'none') return () => notAsked;
  return (scope) => {
    const record = consentOn(scope.input.profile, channel)?.service;
    const detail = `service messages on ${channel}: ${state(record)}, wanted not denied`;
    return record?.state === 'denied' ? drop(CONSENT, detail) : pass(CONSENT, detail);
  };
}

function marketingRule(channel: string, model: ConsentModel): CompiledRule {
  const notAsked = pass(CONSENT, `${channel} needs no consent`);
  if (model === 'none') return () => notAsked;
  const wanted = model === 'optIn' ? 'granted' : 'not denied';
  return (scope) => {
    const record = consentOn(scope.input.profile, channel)?.marketing;
    const detail = `marketing on ${channel}: ${state(record)}, wanted ${wanted}`;
    const allowed = model === 'optIn' ? record?.state === 'granted' : record?.state !== 'denied';
    return allowed ? pass(CONSENT, detail) : drop(CONSENT, detail);
  };
}

function consentRule({ action, treatment }: RuleTarget, policy: ContactPolicy): CompiledRule {
  const { channel } = treatment;
  const model = (Object.hasOwn(policy.consent, channel) ? policy.consent[channel] : undefined) ?? 'optIn';
  switch (action.class) {
    case 'promotional':
      return marketingRule(channel, model);
    case 'transactional':
      return serviceRule(channel, model);
    case 'mandatory': {
      const notAsked = pass(CONSENT, 'not asked for mandatory actions');
      return () => notAsked;
    }
  }
}

/** May the customer be contacted at all, and about this on this channel? */
export function permissionRules(
  target: RuleTarget,
  policy: ContactPolicy,
  sharing: RuleSharing,
): CompiledRule[] {
  const alike = `${target.treatment.channel}|${target.action.class}`;
  return [
    // Not shared: a suppression may name one group or one action.
    suppressionRule(target),
    sharing.share(`consent|${alike}`, () => consentRule(target, policy)),
  ];
}
