import type { CandidateResult, Compared, Priority, RuleResult, Stage } from './decision-result.js';
import { type CandidateRows, type PlacedCandidates, readColumns, readRows } from './packed-before.js';
import { type PackedColumn, packColumn, unpackColumn } from './packed-column.js';

export const PACKED_CANDIDATES_VERSION = 3;

/** A rule's result; what most don't have comes last and is left out. */
type PackedRule = readonly [
  stage: Stage,
  rule: string,
  detail: string,
  passed: 0 | 1,
  compared?: Compared | null | undefined,
  effect?: RuleResult['effect'] | null,
  until?: number | null,
];

type Columns<Row> = { readonly [Name in keyof Row]: PackedColumn<Row[Name]> };

/** Version 3. */
type PackedTable = {
  readonly count: number;
  /** Each field of the candidates. */
  readonly fields: Columns<Omit<CandidateResult, 'rules' | 'priority'>>;
  /** Places of those that were scored. */
  readonly scored: readonly number[];
  /** Each field of the priorities of those; lists of names as JSON. */
  readonly priorities: Columns<Omit<Priority, 'weights'>> & { readonly weights: PackedColumn<string> };
  /** What several candidates say alike (consent, quiet hours, a limit) stands here once. */
  readonly rules: readonly PackedRule[];
  /** The first rule each candidate ran, the second …, as places in `rules`; -1 where it ran no more. */
  readonly ruleColumns: readonly PackedColumn<number>[];
};

/**
 * Candidates for storing. `text` is a table as JSON: nothing searches inside it, and a text is written and read by engine
 * and database in a fraction of the time that as many small documents take.
 */
export type PackedCandidates =
  | { readonly version: typeof PACKED_CANDIDATES_VERSION | 2; readonly text: string }
  | CandidateRows;

function packRule({ stage, rule, passed, effect, until, detail, compared }: RuleResult): PackedRule {
  const kept = [stage, rule, detail, passed ? 1 : 0] as const;
  if (effect === undefined && until === undefined) return compared === undefined ? kept : [...kept, compared];
  return [...kept, compared ?? null, effect ?? null, until?.getTime() ?? null];
}

function unpackRule([stage, rule, detail, passed, compared, effect, until]: PackedRule): RuleResult {
  return {
    stage,
    rule,
    passed: passed === 1,
    effect: effect ?? undefined,
    until: until == null ? undefined : new Date(until),
    detail,
    compared: compared ?? undefined,
  };
}

function sameText({ rule, detail, compared, stage, passed, effect, until }: RuleResult): string {
  const values = compared === undefined ? '' : JSON.stringify(compared);
  return `${rule}|${detail}|${values}|${stage}|${passed}|${effect ?? ''}|${until?.getTime() ?? ''}`;
}

/** Gives each result that says something new a place in the table. */
function ruleTable(): { readonly rules: PackedRule[]; readonly placeOf: (rule: RuleResult) => number } {
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
  return { rules, placeOf };
}

export function packCandidates(candidates: readonly CandidateResult[]): PackedCandidates {
  const { rules, placeOf } = ruleTable();
  const placed = candidates.map((candidate) => candidate.rules.map(placeOf));
  const longest = placed.reduce((most, { length }) => Math.max(most, length), 0);
  const scored: number[] = [];
  const priorities: Priority[] = [];
  candidates.forEach(({ priority }, index) => {
    if (priority === null) return;
    scored.push(index);
    priorities.push(priority);
  });
  const table: PackedTable = {
    count: candidates.length,
    fields: {
      actionId: packColumn(candidates.map(({ actionId }) => actionId)),
      treatmentId: packColumn(candidates.map(({ treatmentId }) => treatmentId)),
      channel: packColumn(candidates.map(({ channel }) => channel)),
      group: packColumn(candidates.map(({ group }) => group)),
      issue: packColumn(candidates.map(({ issue }) => issue)),
      class: packColumn(candidates.map((candidate) => candidate.class)),
      status: packColumn(candidates.map(({ status }) => status)),
      rank: packColumn(candidates.map(({ rank }) => rank)),
      probability: packColumn(candidates.map(({ probability }) => probability)),
    },
    scored,
    priorities: {
      propensity: packColumn(priorities.map(({ propensity }) => propensity)),
      standardError: packColumn(priorities.map(({ standardError }) => standardError)),
      contextWeight: packColumn(priorities.map(({ contextWeight }) => contextWeight)),
      value: packColumn(priorities.map(({ value }) => value)),
      levers: packColumn(priorities.map(({ levers }) => levers)),
      contactCost: packColumn(priorities.map(({ contactCost }) => contactCost)),
      priority: packColumn(priorities.map(({ priority }) => priority)),
      byFormula: packColumn(priorities.map(({ byFormula }) => byFormula)),
      weights: packColumn(priorities.map(({ weights }) => JSON.stringify(weights))),
    },
    rules,
    ruleColumns: Array.from({ length: longest }, (_, step) =>
      packColumn(placed.map((places) => places[step] ?? -1)),
    ),
  };
  return { version: PACKED_CANDIDATES_VERSION, text: JSON.stringify(table) };
}

/** The rows of a table, each a field of which is a column. */
function rowsOf<Row extends object>(columns: Columns<Row>, count: number): Row[] {
  const names = Object.keys(columns) as (keyof Row)[];
  const values = new Map(names.map((name) => [name, unpackColumn(columns[name], count)]));
  return Array.from(
    { length: count },
    (_, index) => Object.fromEntries(names.map((name) => [name, values.get(name)?.[index]])) as Row,
  );
}

/** @throws RangeError where a column is shorter than the others */
function readTable(text: string): PlacedCandidates {
  // What we packed ourselves, from a database that is ours alone.
  const { count, fields, scored, priorities, rules, ruleColumns } = JSON.parse(text) as PackedTable;
  const { weights, ...numbers } = priorities;
  const names = unpackColumn(weights, scored.length);
  const byPlace = new Map(
    rowsOf<Omit<Priority, 'weights'>>(numbers, scored.length).map((priority, index) => [
      scored[index],
      { ...priority, weights: JSON.parse(names[index] ?? '[]') as string[] },
    ]),
  );
  const steps = ruleColumns.map((column) => unpackColumn(column, count));
  return {
    rules: rules.map(unpackRule),
    candidates: rowsOf<Omit<CandidateResult, 'rules' | 'priority'>>(fields, count).map((fields, index) => ({
      ...fields,
      priority: byPlace.get(index) ?? null,
      rules: steps.flatMap((places) => places.slice(index, index + 1)).filter((place) => place !== -1),
    })),
  };
}

function readPacked(packed: PackedCandidates): PlacedCandidates {
  switch (packed.version) {
    case 1:
      return readRows(packed);
    case 2:
      return readColumns(packed.text);
    case PACKED_CANDIDATES_VERSION:
      return readTable(packed.text);
  }
}

/** @throws RangeError where a candidate points to a rule that isn't there, or a column is cut off */
export function unpackCandidates(packed: PackedCandidates): CandidateResult[] {
  const { rules, candidates } = readPacked(packed);
  return candidates.map((candidate) => ({
    ...candidate,
    rules: candidate.rules.map((place) => {
      const rule = rules[place];
      if (rule === undefined)
        throw new RangeError(`Expected rule ${place} of ${rules.length} to be packed with the decision`);
      return rule;
    }),
  }));
}
