import type { CandidateResult, Compared, Priority, RuleResult } from './decision-result.js';

export const PACKED_CANDIDATES_VERSION = 2;

/** A rule's result as it is stored; many candidates point to the same one. */
export type PackedRule = Omit<RuleResult, 'until'> & { readonly until?: string | undefined };

type RuleTable = {
  /** What several candidates say alike (consent, quiet hours, a limit) stands here once. */
  readonly rules: readonly PackedRule[];
};

/** Version 1: each candidate a document. `rules` are places in the table's, in the order they ran. */
type CandidateRows = RuleTable & {
  readonly candidates: readonly (Omit<CandidateResult, 'rules'> & { readonly rules: readonly number[] })[];
};

/** Each field of the candidates as a column, so that no name is written more than once. */
type CandidateColumns = RuleTable & {
  readonly [Name in keyof Omit<CandidateResult, 'rules' | 'priority'>]: readonly CandidateResult[Name][];
} & {
  readonly ruleLists: readonly (readonly number[])[];
  readonly priorities: readonly (PriorityRow | null)[];
};

type PriorityRow = readonly [
  propensity: number,
  standardError: number,
  contextWeight: number,
  value: number,
  levers: number,
  contactCost: number,
  priority: number,
  arithmetic: string,
  weights: readonly string[],
];

/**
 * Candidates for storing. `text` is a table as JSON: nothing searches inside it, and a text is written and read by engine
 * and database in a fraction of the time that as many small documents take.
 */
export type PackedCandidates =
  | { readonly version: typeof PACKED_CANDIDATES_VERSION; readonly text: string }
  | ({ readonly version: 1 } & CandidateRows);

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
  const ruleLists = candidates.map((candidate) => candidate.rules.map(placeOf));
  const columns: CandidateColumns = {
    actionId: candidates.map(({ actionId }) => actionId),
    treatmentId: candidates.map(({ treatmentId }) => treatmentId),
    channel: candidates.map(({ channel }) => channel),
    group: candidates.map(({ group }) => group),
    issue: candidates.map(({ issue }) => issue),
    class: candidates.map((candidate) => candidate.class),
    status: candidates.map(({ status }) => status),
    rank: candidates.map(({ rank }) => rank),
    probability: candidates.map(({ probability }) => probability),
    priorities: candidates.map(({ priority }) => priority && rowOf(priority)),
    ruleLists,
    rules,
  };
  return { version: PACKED_CANDIDATES_VERSION, text: JSON.stringify(columns) };
}

function rowOf(priority: Priority): PriorityRow {
  const { propensity, standardError, contextWeight, value, levers, contactCost } = priority;
  return [
    propensity,
    standardError,
    contextWeight,
    value,
    levers,
    contactCost,
    priority.priority,
    priority.arithmetic,
    priority.weights,
  ];
}

function priorityOf(row: PriorityRow): Priority {
  const [
    propensity,
    standardError,
    contextWeight,
    value,
    levers,
    contactCost,
    priority,
    arithmetic,
    weights,
  ] = row;
  return {
    propensity,
    standardError,
    contextWeight,
    value,
    levers,
    contactCost,
    priority,
    arithmetic,
    weights,
  };
}

/** @throws RangeError where a column is shorter than the others */
function rowsOf(columns: CandidateColumns): CandidateRows {
  const at = <Value>(column: readonly Value[], index: number): Value => {
    const value = column[index];
    if (value === undefined)
      throw new RangeError(
        `Expected ${columns.actionId.length} candidates in every column, got ${column.length}`,
      );
    return value;
  };
  return {
    rules: columns.rules,
    candidates: columns.actionId.map((actionId, index) => {
      const row = at(columns.priorities, index);
      return {
        actionId,
        treatmentId: at(columns.treatmentId, index),
        channel: at(columns.channel, index),
        group: at(columns.group, index),
        issue: at(columns.issue, index),
        class: at(columns.class, index),
        status: at(columns.status, index),
        rules: at(columns.ruleLists, index),
        priority: row && priorityOf(row),
        rank: at(columns.rank, index),
        probability: at(columns.probability, index),
      };
    }),
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
  // What we packed ourselves, from a database that is ours alone.
  const table = packed.version === 1 ? packed : rowsOf(JSON.parse(packed.text) as CandidateColumns);
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
