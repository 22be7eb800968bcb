import type { CustomerDocument } from '../customers/customer-document.js';
import { knownCustomerOf } from '../decisions/customer-facts.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import { type DecisionRequest, runDecision } from '../decisions/run-decision.js';
import type { Scorers } from '../scoring/scorers.js';
import type { Store } from '../store/store.js';
import { readUsage } from '../usage/take-usage.js';
import { compareSimulations, type SimulationComparison } from './compare-simulations.js';
import { type SimulationReport, SimulationTally } from './simulation-tally.js';

export type SimulationOptions = {
  readonly store: Store;
  readonly scorers: Scorers;
  readonly inForce: DecidingRules;
  readonly draft: DecidingRules;
  /** What every customer is asked: on which channels, for how many slots, in what context. */
  readonly request: DecisionRequest;
  /** Only customers in this segment, as the rules in force have it; everybody when absent. */
  readonly segment?: string | undefined;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly of: number }) => void) | undefined;
};

export type Simulation = {
  readonly inForce: SimulationReport;
  readonly draft: SimulationReport;
  readonly comparison: SimulationComparison;
  /** Customers whose stored state could not be read, left out of both. */
  readonly unreadable: number;
};

export type SimulationResult =
  | { readonly kind: 'done'; readonly simulation: Simulation }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'unknown-segment'; readonly segment: string };

/** Decisions between two pauses, so that what else the process serves need not wait. */
const TURN = 8;
const BATCH = 200;

/**
 * Decides for every customer twice, under the rules in force and under a draft, with the same draws, and writes nothing.
 * Each customer is asked once, as of now: caps on totals and budgets are taken as used up as they are, and not used up
 * further by the simulation itself.
 */
export async function simulateBase(options: SimulationOptions): Promise<SimulationResult> {
  const { store, scorers, inForce, draft, segment, signal } = options;
  if (segment !== undefined && !inForce.segments.some(({ segmentId }) => segmentId === segment)) {
    return { kind: 'unknown-segment', segment };
  }
  const filter = { mergedInto: null };
  const of = await store.customers.countDocuments(filter);
  const [usageInForce, usageOfDraft] = await Promise.all([
    readUsage(store, inForce.catalogue.actions),
    readUsage(store, draft.catalogue.actions),
  ]);
  const tallies = { inForce: new SimulationTally(), draft: new SimulationTally() };
  let done = 0;
  let unreadable = 0;
  const cursor = store.customers
    .find(filter)
    .sort({ _id: 1 })
    .batchSize(BATCH)
    .lean<CustomerDocument[]>()
    .cursor();
  for await (const document of cursor) {
    if (signal?.aborted === true) return { kind: 'stopped' };
    done += 1;
    const known = readable(document);
    if (known === undefined) unreadable += 1;
    else {
      const toMake = {
        decisionId: `simulation ${document._id}`,
        customer: known,
        request: options.request,
        requestedBy: 'simulation',
        now: options.now,
      };
      const before = runDecision({ ...toMake, usage: usageInForce }, { rules: inForce, scorers });
      const segments = before.decisionProfile.segments;
      if (segment === undefined || segments.includes(segment)) {
        const after = runDecision({ ...toMake, usage: usageOfDraft }, { rules: draft, scorers });
        tallies.inForce.add(before.result, segments);
        tallies.draft.add(after.result, segments);
      }
    }
    if (done % TURN === 0) {
      options.onProgress?.({ done, of });
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  options.onProgress?.({ done, of });
  const reports = { inForce: tallies.inForce.report(), draft: tallies.draft.report() };
  return {
    kind: 'done',
    simulation: { ...reports, comparison: compareSimulations(reports.inForce, reports.draft), unreadable },
  };
}

/** A profile of another version of the features is left out, and counted. */
function readable(document: CustomerDocument): ReturnType<typeof knownCustomerOf> | undefined {
  try {
    return knownCustomerOf(document);
  } catch {
    return undefined;
  }
}
