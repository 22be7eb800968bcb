import type { Engine } from '../../engine/engine.js';
import type { RunInput } from '../run/advance.js';
import { driveRuns } from '../runtime/drive-runs.js';
import type { JourneyWork } from '../runtime/journey-work.js';
import type { RunDocument, RunStatus } from '../store/run-document.js';

export type RunCursor = { readonly startedAt: Date; readonly runId: string };

export type RunQuery = {
  readonly journeyId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly stepId?: string | undefined;
  /** Only runs after this one in the list, for the next page. */
  readonly after?: RunCursor | undefined;
  readonly limit: number;
};

function filterOf({
  journeyId,
  customerId,
  status,
  stepId,
  after,
}: Omit<RunQuery, 'limit'>): Record<string, unknown> {
  return {
    ...(journeyId === undefined ? {} : { journeyId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(status === undefined ? {} : { status }),
    ...(stepId === undefined ? {} : { stepId }),
    ...(after === undefined
      ? {}
      : {
          $or: [
            { startedAt: { $lt: after.startedAt } },
            { startedAt: after.startedAt, _id: { $lt: after.runId } },
          ],
        }),
  };
}

/** Runs, the latest first. `status: 'failed'` are the dead letters. */
export async function listRuns(
  engine: Pick<Engine, 'store'>,
  query: RunQuery,
): Promise<readonly RunDocument[]> {
  return engine.store.journeyRuns
    .find(filterOf(query))
    .sort({ startedAt: -1, _id: -1 })
    .limit(query.limit)
    .lean<RunDocument[]>();
}

/** A run with all it knows and where it was; null = there is none. */
export async function viewRun(engine: Pick<Engine, 'store'>, runId: string): Promise<RunDocument | null> {
  return engine.store.journeyRuns.findById(runId).lean<RunDocument | null>();
}

async function tellRun(work: JourneyWork, runId: string, input: RunInput): Promise<RunDocument | null> {
  const run = await viewRun(work.engine, runId);
  if (run === null) return null;
  await driveRuns(work, [{ run, input }]);
  return viewRun(work.engine, runId);
}

/** Ends a run; what it has put into the outbox stays there. @returns the run as it is then; null = there is none */
export async function stopRun(work: JourneyWork, runId: string, by: string): Promise<RunDocument | null> {
  return tellRun(work, runId, { type: 'stop', reason: `by ${by}` });
}

/** Tries a dead letter again, under the key it had: what went out after all goes out no second time. */
export async function retryRun(work: JourneyWork, runId: string): Promise<RunDocument | null> {
  return tellRun(work, runId, { type: 'retry' });
}

const BATCH = 100;

/** Tries all dead letters again, of one journey or of all. @returns how many; those that fail again are dead letters again */
export async function retryFailed(work: JourneyWork, journeyId?: string): Promise<number> {
  const { journeyRuns } = work.engine.store;
  let after = '';
  let tried = 0;
  for (;;) {
    const failed = await journeyRuns
      .find({ ...filterOf({ journeyId, status: 'failed' }), _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<RunDocument[]>();
    const last = failed.at(-1);
    if (last === undefined) return tried;
    await driveRuns(
      work,
      failed.map((run) => ({ run, input: { type: 'retry' } })),
    );
    tried += failed.length;
    after = last._id;
  }
}
