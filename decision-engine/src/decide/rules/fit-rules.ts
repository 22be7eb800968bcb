import type { RuleResult } from '../decision-result.js';
import { type CompiledRule, drop, pass, type RuleTarget, stop } from './rule.js';
import type { RuleSharing } from './rule-sharing.js';

const DATES = { stage: 'dates', rule: 'start and end' } as const;
const PLACEMENT = { stage: 'channel', rule: 'placement' } as const;
const LANGUAGE = { stage: 'language', rule: 'language' } as const;
const ALWAYS = pass(DATES, 'no start or end set');
const ANYWHERE = pass(PLACEMENT, 'fits any placement');
const ANY_LANGUAGE = pass(LANGUAGE, 'fits every language');

function datesRule({ action }: RuleTarget): CompiledRule {
  const { startsAt, endsAt } = action;
  if (startsAt === undefined && endsAt === undefined) return () => ALWAYS;
  const running = pass(
    DATES,
    [
      ...(startsAt === undefined ? [] : [`started ${startsAt.toISOString()}`]),
      ...(endsAt === undefined ? [] : [`ends ${endsAt.toISOString()}`]),
    ].join(', '),
  );
  return (scope): RuleResult => {
    if (startsAt !== undefined && scope.now < startsAt.getTime()) {
      return stop(DATES, `starts ${startsAt.toISOString()}`, { effect: 'drop', until: startsAt });
    }
    if (endsAt !== undefined && scope.now >= endsAt.getTime())
      return drop(DATES, `ended ${endsAt.toISOString()}`);
    return running;
  };
}

function placementRule({ treatment }: RuleTarget): CompiledRule {
  if (treatment.placements.length === 0) return () => ANYWHERE;
  const wanted = treatment.placements.join(', ');
  return (scope) => {
    const { placement } = scope.input.context;
    const fits = placement !== undefined && treatment.placements.includes(placement);
    const detail = `made for ${wanted}; asked for ${placement ?? 'no placement'}`;
    return fits ? pass(PLACEMENT, detail) : drop(PLACEMENT, detail);
  };
}

function primaryTag(language: string): string {
  return language.split('-', 1)[0]?.toLowerCase() ?? '';
}

function languageRule({ treatment }: RuleTarget): CompiledRule {
  const { language } = treatment;
  if (language === undefined) return () => ANY_LANGUAGE;
  const primary = primaryTag(language);
  return (scope) => {
    const spoken = scope.input.profile.language;
    if (spoken === null)
      return pass(LANGUAGE, `written in ${language}; the customer's language is not known`);
    const detail = `written in ${language}; the customer's language is ${spoken}`;
    return primaryTag(spoken) === primary ? pass(LANGUAGE, detail) : drop(LANGUAGE, detail);
  };
}

/** Is it in force, and made for this place and language? */
export function fitRules(target: RuleTarget, sharing: RuleSharing): CompiledRule[] {
  const { startsAt, endsAt } = target.action;
  const dates = `dates|${startsAt?.getTime() ?? ''}|${endsAt?.getTime() ?? ''}`;
  return [sharing.share(dates, () => datesRule(target)), placementRule(target), languageRule(target)];
}
