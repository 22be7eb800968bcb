import { durationToMs } from '../../catalogue/duration.js';
import { type ContactIdentity, limitFreeAt, sharedKey } from '../../policy/contact-ledger.js';
import type {
  AllowedDays,
  ContactPolicy,
  Cooldown,
  FrequencyLimit,
  QuietHours,
} from '../../policy/contact-policy.js';
import { isAllowedDay, isQuiet, nextAllowedDay, quietUntil } from '../../policy/quiet-hours.js';
import { selects } from '../../policy/selector.js';
import type { RuleResult } from '../decision-result.js';
import { type CompiledRule, pass, type RuleTarget, stop } from './rule.js';
import type { RuleSharing } from './rule-sharing.js';

export function contactIdentity({ action, treatment }: RuleTarget): ContactIdentity {
  return {
    channel: treatment.channel,
    class: action.class,
    issueId: action.issue,
    groupId: action.group,
    actionId: action.actionId,
    treatmentId: treatment.treatmentId,
  };
}

/** What most candidates hear of a limit, as one result for all of them: the record keeps it once. */
const UNUSED = new WeakMap<FrequencyLimit, RuleResult>();

function limitRule(limit: FrequencyLimit, index: number, target: RuleTarget): CompiledRule {
  const naming = { stage: 'contactPolicy', rule: limit.name } as const;
  const identity = contactIdentity(target);
  const shared = limit.per === 'customer' ? '' : ` with this ${limit.per}`;
  const detailOf = (used: number): string =>
    `${used} of ${limit.max} contacts${shared} in ${limit.window} used`;
  const unused = UNUSED.get(limit) ?? pass(naming, detailOf(0));
  UNUSED.set(limit, unused);
  return (scope) => {
    const times = scope.limitTimes(index, identity);
    if (times.length === 0 && limit.max > 0) return unused;
    const detail = detailOf(times.length);
    if (times.length < limit.max) return pass(naming, detail);
    return stop(naming, detail, { effect: limit.otherwise, until: limitFreeAt(limit, times) ?? undefined });
  };
}

function cooldownRule(cooldown: Cooldown, index: number, target: RuleTarget): CompiledRule {
  const naming = { stage: 'contactPolicy', rule: cooldown.name } as const;
  const identity = contactIdentity(target);
  const what = `${cooldown.times} x ${cooldown.outcomes.join(' or ')} in ${cooldown.within}`;
  const notCooling = pass(naming, `no ${what}`);
  return (scope) => {
    const state = scope.cooldown(index, identity);
    if (state === undefined) return notCooling;
    const until = new Date(state.until);
    if (state.until <= scope.now) return pass(naming, `cooled down since ${until.toISOString()}`);
    const detail = `${what}: suppressed for ${cooldown.suppressFor}, until ${until.toISOString()}`;
    return stop(naming, detail, { effect: cooldown.otherwise, until });
  };
}

function quietRule(rule: QuietHours): CompiledRule {
  const naming = { stage: 'contactPolicy', rule: rule.name } as const;
  return (scope) => {
    const local = scope.localTime();
    const clock = `${String(local.hour).padStart(2, '0')}:${String(local.minuteOfDay % 60).padStart(2, '0')}`;
    const detail = `${local.weekday} ${clock} in ${local.timeZone}; quiet from ${rule.from} to ${rule.to}`;
    if (!isQuiet(rule, local)) return pass(naming, detail);
    const until = quietUntil(rule, scope.now, scope.input.profile.timeZone);
    return stop(naming, detail, { effect: rule.otherwise, until });
  };
}

function dayRule(rule: AllowedDays): CompiledRule {
  const naming = { stage: 'contactPolicy', rule: rule.name } as const;
  return (scope) => {
    const local = scope.localTime();
    const detail = `${local.weekday} in ${local.timeZone}; allowed on ${rule.days.join(', ')}`;
    if (isAllowedDay(rule, local)) return pass(naming, detail);
    const until = nextAllowedDay(rule, scope.now, scope.input.profile.timeZone);
    return stop(naming, detail, { effect: rule.otherwise, until });
  };
}

const POSTPONED = { stage: 'contactPolicy', rule: 'postponed' } as const;
const NOT_POSTPONED = pass(POSTPONED, 'not put off');

/** "Later" with a time means that time. */
function postponedRule({ action }: RuleTarget): CompiledRule {
  const naming = POSTPONED;
  return (scope) => {
    const until = scope.postponedUntil(action.actionId);
    if (until === undefined) return NOT_POSTPONED;
    const date = new Date(until);
    if (until <= scope.now) return pass(naming, `was put off until ${date.toISOString()}`);
    return stop(naming, `put off until ${date.toISOString()}`, { effect: 'hold', until: date });
  };
}

export type CompiledContactRules = {
  readonly rules: readonly CompiledRule[];
  /** Those that what an earlier slot took can change. */
  readonly frequency: readonly CompiledRule[];
  /** Those that only the clock decides, for working out when a held candidate comes free. */
  readonly quietHours: readonly QuietHours[];
  readonly allowedDays: readonly AllowedDays[];
};

/**
 * Limits, cooldowns, quiet hours and allowed days that apply. Promotional actions obey all of them, transactional ones all
 * but the frequency limits, mandatory ones none.
 */
export function contactRules(
  target: RuleTarget,
  policy: ContactPolicy,
  sharing: RuleSharing,
): CompiledContactRules {
  const { action, treatment } = target;
  const applies = (rule: Pick<FrequencyLimit, 'appliesTo'>): boolean =>
    selects(rule.appliesTo, action, treatment.channel);
  if (action.class === 'mandatory') {
    const free = pass(
      { stage: 'contactPolicy', rule: 'contact policy' },
      'does not hold for mandatory actions',
    );
    return { rules: [() => free], frequency: [], quietHours: [], allowedDays: [] };
  }
  const identity = contactIdentity(target);
  const quietHours = policy.quietHours.filter(applies);
  const allowedDays = policy.allowedDays.filter(applies);
  const limits =
    action.class === 'promotional'
      ? policy.limits.flatMap((limit, index) => (applies(limit) ? [{ limit, index }] : []))
      : [];
  const frequency = limits.map(({ limit, index }) => limitRule(limit, index, target));
  const sharedFrequency = limits.map(({ limit, index }) =>
    sharing.share(`limit|${index}|${sharedKey(limit.per, identity)}`, () => limitRule(limit, index, target)),
  );
  const cooldowns = policy.cooldowns.flatMap((cooldown, index) =>
    applies(cooldown)
      ? [
          sharing.share(`cooldown|${index}|${sharedKey(cooldown.per, identity)}`, () =>
            cooldownRule(cooldown, index, target),
          ),
        ]
      : [],
  );
  const skipped = pass(
    { stage: 'contactPolicy', rule: 'frequency limits' },
    'do not hold for transactional actions',
  );
  return {
    rules: [
      ...(action.class === 'transactional' ? [() => skipped] : sharedFrequency),
      sharing.share(`postponed|${action.actionId}`, () => postponedRule(target)),
      ...cooldowns,
      ...quietHours.map((rule) =>
        sharing.share(`quiet|${policy.quietHours.indexOf(rule)}`, () => quietRule(rule)),
      ),
      ...allowedDays.map((rule) =>
        sharing.share(`days|${policy.allowedDays.indexOf(rule)}`, () => dayRule(rule)),
      ),
    ],
    frequency,
    quietHours,
    allowedDays,
  };
}

/** The longest look back that any limit or cooldown needs, in milliseconds: how much contact history to load. */
export function contactHorizonMs(policy: ContactPolicy): number {
  return Math.max(
    0,
    ...policy.limits.map((limit) => durationToMs(limit.window)),
    ...policy.cooldowns.map((cooldown) => durationToMs(cooldown.within) + durationToMs(cooldown.suppressFor)),
  );
}
