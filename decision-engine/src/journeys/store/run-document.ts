import { Schema } from 'mongoose';
import { dueAt, isOver, RUN_STATE_VERSION, type RunState } from '../run/run-state.js';

export type RunStatus = 'active' | 'ended' | 'failed';

/** One customer in a journey, as it is stored. `state` is what `advance` works on; the rest is for finding it. */
export type RunDocument = {
  /** Made from journey, customer and entry key: nobody enters twice with one key. */
  _id: string;
  schemaVersion: number;
  journeyId: string;
  version: number;
  customerId: string;
  /** The customer it was begun for; absent where no merge has moved it. */
  origin?: string;
  /** The order, the basket …; '' where the journey has no key. */
  entryKey: string;
  /** The event that started it; null where no event did. */
  messageId: string | null;
  status: RunStatus;
  stepId: string;
  /** `completed`, `goal`, `exited` …; null while it is under way. */
  outcome: string | null;
  /** When somebody has to look at it; a worker that takes it moves this ahead, which is its lease. Null when it is over. */
  dueAt: Date | null;
  /** Whose lease it is. */
  claim: string | null;
  /** Counts its saves; each names the revision it read. */
  revision: number;
  startedAt: Date;
  endedAt: Date | null;
  state: RunState;
};

export const runSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    journeyId: { type: String, required: true },
    version: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    entryKey: { type: String, default: '' },
    messageId: { type: String, default: null },
    status: { type: String, required: true },
    stepId: { type: String, required: true },
    outcome: { type: String, default: null },
    dueAt: { type: Date, default: null },
    claim: { type: String, default: null },
    revision: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    state: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'journeyRuns', versionKey: false, minimize: false, strict: 'throw' },
);
runSchema.index({ dueAt: 1 }, { partialFilterExpression: { status: 'active' } });
runSchema.index({ customerId: 1, journeyId: 1, startedAt: -1 });
runSchema.index({ journeyId: 1, status: 1, startedAt: -1 });
runSchema.index({ status: 1, endedAt: -1 });

/** How long a worker may be at a run before another may think it died. */
const LEASE_MS = 60_000;

function statusOf({ waiting }: RunState): RunStatus {
  return waiting.kind === 'ended' ? 'ended' : waiting.kind === 'failed' ? 'failed' : 'active';
}

function outcomeOf({ waiting }: RunState): string | null {
  if (waiting.kind === 'ended') return waiting.outcome;
  return waiting.kind === 'failed' ? waiting.reason.slice(0, 300) : null;
}

/**
 * The fields that follow from a run's state.
 * @param underWay a worker goes on with it at once: nobody else is to take it before its lease is over
 */
export function runFields(
  state: RunState,
  { now, underWay }: { readonly now: Date; readonly underWay: boolean },
): Pick<RunDocument, 'status' | 'stepId' | 'outcome' | 'dueAt' | 'endedAt' | 'state'> {
  const due = dueAt(state);
  return {
    status: statusOf(state),
    stepId: state.stepId,
    outcome: outcomeOf(state),
    dueAt: due === null ? null : new Date(underWay ? now.getTime() + LEASE_MS : due),
    endedAt: isOver(state) ? new Date(state.clock) : null,
    state,
  };
}

export function newRunDocument(
  run: RunState,
  entered: Pick<RunDocument, 'journeyId' | 'version' | 'customerId' | 'entryKey' | 'messageId'> & {
    readonly now: Date;
  },
): RunDocument {
  const { now, ...known } = entered;
  return {
    _id: run.runId,
    schemaVersion: RUN_STATE_VERSION,
    ...known,
    claim: null,
    revision: 1,
    startedAt: now,
    ...runFields(run, { now, underWay: false }),
  };
}
