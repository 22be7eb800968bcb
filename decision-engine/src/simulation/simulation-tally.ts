import type { DecisionResult } from '../decide/decision-result.js';

export type Count = { readonly decisions: number; readonly value: number };

/** What a run of decisions over many customers came to. */
export type SimulationReport = {
  readonly customers: number;
  /** Customers for whom something was chosen. */
  readonly reached: number;
  readonly fallbacks: number;
  /** Expected value of everything chosen: propensity x value, in the shop's currency. */
  readonly expectedValue: number;
  readonly byAction: Readonly<Record<string, Count>>;
  readonly byChannel: Readonly<Record<string, Count>>;
  readonly byGroup: Readonly<Record<string, Count>>;
  /** A customer counts in each of their segments; those in none under "(none)". */
  readonly bySegment: Readonly<Record<string, Count>>;
  /** Candidates by the first rule that stopped them: "consent: consent". */
  readonly droppedBy: Readonly<Record<string, number>>;
  readonly heldBy: Readonly<Record<string, number>>;
};

function add(counts: Map<string, { decisions: number; value: number }>, key: string, value: number): void {
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { decisions: 1, value });
  else {
    known.decisions += 1;
    known.value += value;
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function largestFirst<T>(counts: ReadonlyMap<string, T>, size: (value: T) => number): Record<string, T> {
  return Object.fromEntries([...counts].sort((a, b) => size(b[1]) - size(a[1]) || (a[0] < b[0] ? -1 : 1)));
}

/** Counts decisions as they come, in memory that grows with the catalogue and not with the customers. */
export class SimulationTally {
  private customers = 0;
  private reached = 0;
  private fallbacks = 0;
  private expectedValue = 0;
  private readonly byAction = new Map<string, { decisions: number; value: number }>();
  private readonly byChannel = new Map<string, { decisions: number; value: number }>();
  private readonly byGroup = new Map<string, { decisions: number; value: number }>();
  private readonly bySegment = new Map<string, { decisions: number; value: number }>();
  private readonly droppedBy = new Map<string, number>();
  private readonly heldBy = new Map<string, number>();

  add(result: DecisionResult, segments: readonly string[]): void {
    this.customers += 1;
    if (result.chosen.length > 0) this.reached += 1;
    if (result.outcome.kind === 'fallback') this.fallbacks += 1;
    for (const choice of result.chosen) {
      const value = choice.propensity * choice.value;
      this.expectedValue += value;
      add(this.byAction, choice.actionId, value);
      add(this.byChannel, choice.channel, value);
      add(this.byGroup, choice.group, value);
      for (const segment of segments.length === 0 ? ['(none)'] : segments)
        add(this.bySegment, segment, value);
    }
    for (const { status, rules } of result.candidates) {
      if (status === 'qualified') continue;
      const effect = status === 'out' ? 'drop' : 'hold';
      const first = rules.find((rule) => !rule.passed && rule.effect === effect);
      if (first !== undefined)
        increase(status === 'out' ? this.droppedBy : this.heldBy, `${first.stage}: ${first.rule}`);
    }
  }

  report(): SimulationReport {
    const byDecisions = (count: Count): number => count.decisions;
    const bySize = (count: number): number => count;
    return {
      customers: this.customers,
      reached: this.reached,
      fallbacks: this.fallbacks,
      expectedValue: this.expectedValue,
      byAction: largestFirst(this.byAction, byDecisions),
      byChannel: largestFirst(this.byChannel, byDecisions),
      byGroup: largestFirst(this.byGroup, byDecisions),
      bySegment: largestFirst(this.bySegment, byDecisions),
      droppedBy: largestFirst(this.droppedBy, bySize),
      heldBy: largestFirst(this.heldBy, bySize),
    };
  }
}
