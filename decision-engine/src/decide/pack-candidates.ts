import type { CandidateResult, Compared, RuleResult } from './decision-result.js';

export const PACKED_CANDIDATES_VERSION = 2;

/** A rule's result as it is stored; many candidates point to the same one. */
export type PackedRule = Omit<RuleResult, 'until'> & { readonly until?: string | undefined };

/** What several candidates say alike (consent, quiet hours, a limit) is written once: a fifth of the size for 50 candidates. */
type PackedTable = {
  readonly rules: readonly PackedRule[];
  readonly candidates: readonly (Omit<CandidateResult, 'rules'> & {
    /** Places in `rules` above, in the order the rules ran. */
    readonly rules: readonly number[];
  })[];
};

/**
 * Candidates for storing. `text` is the table as JSON: nothing searches inside it, and a text is written and read by engine
 * and database in a tenth of the time of as many small documents. Version 1 was the table itself.
 */
export type PackedCandidates =
  | { readonly version: typeof PACKED_CANDIDATES_VERSION; readonly text: string }
  | ({ readonly version: 1 } & PackedTable);

function packRule(rule: RuleResult): PackedRule {
  const { stage, rule: name, passed, effect, until, detail, compared } = rule;
  return { stage, rule: name, passed, effect, until: until?.toISOString(), detail, compared };
}

function sameText(rule: RuleResult): string {
  const compared = rule.compared === undefined ? '' : JSON.stringify(rule.compared);
  return `${rule.rule}|${rule.detail}|${compared}|${rule.stage}|${rule.passed}|${rule.effect ?? ''}|${rule.until?.getTime() ?? ''}`;
}

export function packCandidates(candidates: readonly CandidateResult[]): PackedCandidates {
  const rules: PackedRule[] = [];
  const byText = new Map<string, number>();
  const byIdentity = new Map<RuleResult, number>();
  const placeOf = (rule: RuleResult): number => {
    const same = byIdentity.get(rule);
    if (same !== undefined) return same;
    const text = sameText(rule);
    const alike = byText.get(text);
    // Not remembered by identity: most results that say what another said belong to one candidate and don't come again.
    if (alike !== undefined) return alike;
    const place = rules.push(packRule(rule)) - 1;
    byText.set(text, place);
    byIdentity.set(rule, place);
    return place;
  };
  const table: PackedTable = {
    candidates: candidates.map((candidate) => ({ ...candidate, rules: candidate.rules.map(placeOf) })),
    rules,
  };
  return { version: PACKED_CANDIDATES_VERSION, text: JSON.stringify(table) };
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
  // What we packed ourselves, from a database that is ours alone.
  const table: PackedTable = packed.version === 1 ? packed : (JSON.parse(packed.text) as PackedTable);
  const rules = table.rules.map(unpackRule);
  return table.candidates.map((candidate) => ({
    ...candidate,
    rules: candidate.rules.map((place) => {
      const rule = rules[place];
      if (rule === undefined)
        throw new RangeError(`Expected rule ${place} of ${rules.length} to be packed with the decision`);
      return rule;
    }),
  }));
}
