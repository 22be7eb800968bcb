import type { RunContext } from './run-facts.js';

export const RUN_STATE_VERSION = 1;

/** How a run ended. `completed`: it came to the end of its steps. */
export type RunOutcome = 'completed' | 'goal' | 'exited' | 'too late' | 'stopped' | 'customer gone';

/** Why a run stands still. All times in milliseconds since 1970. */
export type Waiting =
  | { readonly kind: 'start' }
  | { readonly kind: 'timer'; readonly until: number }
  | { readonly kind: 'event'; readonly until: number }
  /** Something is to be done outside. Its key stays the same over all tries. */
  | {
      readonly kind: 'effect';
      readonly key: string;
      readonly tries: number;
      readonly notBefore: number;
      readonly held: boolean;
    }
  | { readonly kind: 'ended'; readonly outcome: RunOutcome; readonly reason: string }
  /** A dead letter: shown, and tried again when somebody says so. */
  | { readonly kind: 'failed'; readonly key: string; readonly reason: string };

export type TrailEntry = { readonly at: number; readonly stepId: string; readonly note: string };
export type ReachedGoal = { readonly goal: string; readonly at: number; readonly value: number | null };

/** One customer in a journey: plain data, changed by `advance` alone. */
export type RunState = {
  readonly runId: string;
  readonly stepId: string;
  /** Steps entered so far; with it keys of effects differ when a step is entered again. */
  readonly visits: number;
  readonly enteredAt: number;
  /** When the event that started it happened; what happened before has nothing to do with the run. */
  readonly startedAt: number;
  /** The latest time it was told. It never goes back, whatever the machine's clock does. */
  readonly clock: number;
  readonly waiting: Waiting;
  readonly context: RunContext;
  /** Events it has taken account of, the latest 40. */
  readonly seen: readonly string[];
  /** The latest 60 steps. */
  readonly trail: readonly TrailEntry[];
  readonly goals: readonly ReachedGoal[];
  /** The ways it took at least once, as `wayOf` names them: what is counted on a diagram's arrows. Runs begun before had none. */
  readonly ways?: readonly string[];
};

const SEEN_KEPT = 40;
const TRAIL_KEPT = 60;

export function newRun(start: {
  readonly runId: string;
  readonly firstStep: string;
  readonly startedAt: number;
  readonly now: number;
  readonly context: RunContext;
  readonly messageId: string | null;
}): RunState {
  return {
    runId: start.runId,
    stepId: start.firstStep,
    visits: 0,
    enteredAt: start.now,
    startedAt: start.startedAt,
    clock: start.now,
    waiting: { kind: 'start' },
    context: start.context,
    seen: start.messageId === null ? [] : [start.messageId],
    trail: [],
    goals: [],
    ways: [],
  };
}

export function withWay(run: RunState, way: string): RunState {
  const ways = run.ways ?? [];
  return ways.includes(way) ? run : { ...run, ways: [...ways, way] };
}

export function withSeen(run: RunState, messageId: string): RunState {
  return { ...run, seen: [...run.seen, messageId].slice(-SEEN_KEPT) };
}

export function withTrail(run: RunState, note: string): RunState {
  const entry = { at: run.clock, stepId: run.stepId, note };
  return { ...run, trail: [...run.trail, entry].slice(-TRAIL_KEPT) };
}

export function isOver(run: RunState): boolean {
  return run.waiting.kind === 'ended' || run.waiting.kind === 'failed';
}

/** When somebody has to look at it again; null = only if an event comes, or never. */
export function dueAt({ waiting, clock }: RunState): number | null {
  switch (waiting.kind) {
    case 'start':
      return clock;
    case 'timer':
    case 'event':
      return waiting.until;
    case 'effect':
      return waiting.notBefore;
    case 'ended':
    case 'failed':
      return null;
  }
}
