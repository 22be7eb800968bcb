import type { Count, SimulationReport } from './simulation-tally.js';

export type Change = {
  readonly name: string;
  readonly inForce: number;
  readonly draft: number;
  readonly change: number;
};

/** What would change if the draft were in force. */
export type SimulationComparison = {
  readonly customers: number;
  readonly reached: Change;
  readonly expectedValue: Change;
  /** Only what changes, the largest change first. */
  readonly actions: readonly Change[];
  readonly channels: readonly Change[];
  readonly groups: readonly Change[];
  readonly segments: readonly Change[];
  readonly droppedBy: readonly Change[];
};

function changeOf(name: string, inForce: number, draft: number): Change {
  return { name, inForce, draft, change: draft - inForce };
}

function changes(
  inForce: Readonly<Record<string, number>>,
  draft: Readonly<Record<string, number>>,
): Change[] {
  const names = new Set([...Object.keys(inForce), ...Object.keys(draft)]);
  return [...names]
    .map((name) => changeOf(name, inForce[name] ?? 0, draft[name] ?? 0))
    .filter(({ change }) => change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.name < b.name ? -1 : 1));
}

function decisions(counts: Readonly<Record<string, Count>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count.decisions]));
}

/** Sets two runs over the same customers beside each other: under what is in force, and under the draft. */
export function compareSimulations(inForce: SimulationReport, draft: SimulationReport): SimulationComparison {
  if (inForce.customers !== draft.customers) {
    throw new RangeError(
      `Expected both runs over the same customers, got ${inForce.customers} and ${draft.customers}`,
    );
  }
  return {
    customers: inForce.customers,
    reached: changeOf('reached', inForce.reached, draft.reached),
    expectedValue: changeOf('expected value', inForce.expectedValue, draft.expectedValue),
    actions: changes(decisions(inForce.byAction), decisions(draft.byAction)),
    channels: changes(decisions(inForce.byChannel), decisions(draft.byChannel)),
    groups: changes(decisions(inForce.byGroup), decisions(draft.byGroup)),
    segments: changes(decisions(inForce.bySegment), decisions(draft.bySegment)),
    droppedBy: changes(inForce.droppedBy, draft.droppedBy),
  };
}
