import type { CandidateResult, Compared, RuleResult } from './decision-result.js';

export const PACKED_CANDIDATES_VERSION = 1;

/** A rule's result as it is stored; many candidates point to the same one. */
export type PackedRule = Omit<RuleResult, 'until'> & { readonly until?: string | undefined };

/**
 * Candidates for storing: what several of them say alike (consent, quiet hours, a limit) is written once, which makes the
 * record of 50 candidates about a fifth of its size.
 */
export type PackedCandidates = {
  readonly version: typeof PACKED_CANDIDATES_VERSION;
  readonly rules: readonly PackedRule[];
  readonly candidates: readonly (Omit<CandidateResult, 'rules'> & {
    /** Places in `rules` above, in the order the rules ran. */
    readonly rules: readonly number[];
  })[];
};

function packRule(rule: RuleResult): PackedRule {
  const { stage, rule: name, passed, effect, until, detail, compared } = rule;
  return {
    stage,
    rule: name,
    passed,
    detail,
    ...(effect === undefined ? {} : { effect }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
    ...(compared === undefined ? {} : { compared }),
  };
}

function sameText(rule: RuleResult): string {
  const compared = rule.compared === undefined ? '' : JSON.stringify(rule.compared);
  return `${rule.stage}|${rule.rule}|${rule.passed}|${rule.effect ?? ''}|${rule.until?.getTime() ?? ''}|${rule.detail}|${compared}`;
}

export function packCandidates(candidates: readonly CandidateResult[]): PackedCandidates {
  const rules: PackedRule[] = [];
  const places = new Map<string, number>();
  const byIdentity = new Map<RuleResult, number>();
  const placeOf = (rule: RuleResult): number => {
    const known = byIdentity.get(rule) ?? places.get(sameText(rule));
    const place = known ?? rules.push(packRule(rule)) - 1;
    byIdentity.set(rule, place);
    if (known === undefined) places.set(sameText(rule), place);
    return place;
  };
  return {
    version: PACKED_CANDIDATES_VERSION,
    candidates: candidates.map((candidate) => ({ ...candidate, rules: candidate.rules.map(placeOf) })),
    rules,
  };
}

function unpackRule(rule: PackedRule): RuleResult {
  const compared: Compared | undefined = rule.compared;
  return {
    stage: rule.stage,
    rule: rule.rule,
    passed: rule.passed,
    effect: rule.effect,
    until: rule.until === undefined ? undefined : new Date(rule.until),
    detail: rule.detail,
    compared,
  };
}

/** @throws RangeError where a candidate points to a rule that isn't there */
export function unpackCandidates(packed: PackedCandidates): CandidateResult[] {
  const rules = packed.rules.map(unpackRule);
  return packed.candidates.map((candidate) => ({
    ...candidate,
    rules: candidate.rules.map((place) => {
      const rule = rules[place];
      if (rule === undefined)
        throw new RangeError(`Expected rule ${place} of ${rules.length} to be packed with the decision`);
      return rule;
    }),
  }));
}
