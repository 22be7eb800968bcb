import type { CandidateResult, Priority, RuleResult } from './decision-result.js';

/** A rule's result as versions 1 and 2 stored it. */
export type NamedRule = Omit<RuleResult, 'until'> & { readonly until?: string | undefined };

type OldPriority = Omit<Priority, 'byFormula'> & { readonly arithmetic: string };

/** Version 1: each candidate a document. `rules` are places in the table's, in the order they ran. */
export type CandidateRows = {
  readonly version: 1;
  readonly rules: readonly NamedRule[];
  readonly candidates: readonly (Omit<CandidateResult, 'rules' | 'priority'> & {
    readonly rules: readonly number[];
    readonly priority: OldPriority | null;
  })[];
};

/** Version 2: each field of the candidates as a column, as JSON. */
type CandidateColumns = {
  readonly [Name in keyof Omit<CandidateResult, 'rules' | 'priority'>]: readonly CandidateResult[Name][];
} & {
  readonly rules: readonly NamedRule[];
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

/** The candidates, each with the places of its rules in the table. */
export type PlacedCandidates = {
  readonly rules: readonly RuleResult[];
  readonly candidates: readonly (Omit<CandidateResult, 'rules'> & { readonly rules: readonly number[] })[];
};

function ruleOf({ until, ...rule }: NamedRule): RuleResult {
  return {
    ...rule,
    effect: rule.effect,
    compared: rule.compared,
    until: until === undefined ? undefined : new Date(until),
  };
}

function priorityOf({ arithmetic, ...numbers }: OldPriority): Priority {
  return { ...numbers, byFormula: arithmetic.startsWith('formula') };
}

function namedPriority(row: PriorityRow): OldPriority {
  const [propensity, standardError, contextWeight, value, levers, contactCost, ...rest] = row;
  const [priority, arithmetic, weights] = rest;
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

export function readRows({ rules, candidates }: CandidateRows): PlacedCandidates {
  return {
    rules: rules.map(ruleOf),
    candidates: candidates.map((candidate) => ({
      ...candidate,
      priority: candidate.priority && priorityOf(candidate.priority),
    })),
  };
}

/** @throws RangeError where a column is shorter than the others */
export function readColumns(text: string): PlacedCandidates {
  // What we packed ourselves, from a database that is ours alone.
  const columns = JSON.parse(text) as CandidateColumns;
  const at = <Value>(column: readonly Value[], index: number): Value => {
    const value = column[index];
    if (value === undefined)
      throw new RangeError(
        `Expected ${columns.actionId.length} candidates in every column, got ${column.length}`,
      );
    return value;
  };
  return {
    rules: columns.rules.map(ruleOf),
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
        priority: row && priorityOf(namedPriority(row)),
        rank: at(columns.rank, index),
        probability: at(columns.probability, index),
      };
    }),
  };
}
