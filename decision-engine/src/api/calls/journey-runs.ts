import { readNames } from '../../customers/read-names.js';
import {
  listRuns,
  type RunCursor,
  retryFailed,
  retryRun,
  stopRun,
  viewRun,
} from '../../journeys/manage/view-runs.js';
import { createJourneyWork } from '../../journeys/runtime/journey-work.js';
import type { RunDocument } from '../../journeys/store/run-document.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import { readCursor } from '../read-cursor.js';
import type {
  RunDetailView,
  RunQueryRequest,
  RunSummaryView,
  RunsPage,
  RunsQuery,
} from '../shapes/journey.js';
import { unknownJourney } from './journeys.js';

function decodeRunCursor(text: string): RunCursor | null {
  const match = /^(?<at>\d{1,15}):(?<runId>\w{1,64})$/.exec(Buffer.from(text, 'base64url').toString());
  const { at, runId } = match?.groups ?? {};
  return at === undefined || runId === undefined ? null : { startedAt: new Date(Number(at)), runId };
}

function encodeRunCursor({ startedAt, _id }: RunDocument): string {
  return Buffer.from(`${startedAt.getTime()}:${_id}`).toString('base64url');
}

const runOf =
  ({ engine }: Call, names: ReadonlyMap<string, string>) =>
  (run: RunDocument): RunSummaryView => {
    const { journeyId } = run;
    const journey = engine.journeys.inForce().find((each) => each.journeyId === journeyId)?.journey;
    return {
      runId: run._id,
      journeyId,
      journeyName: journey?.definition.name ?? journeyId,
      version: run.version,
      customerId: run.customerId,
      displayName: names.get(run.customerId) ?? run.customerId,
      entryKey: run.entryKey,
      status: run.status,
      stepId: run.stepId,
      outcome: run.outcome,
      dueAt: run.dueAt?.toISOString() ?? null,
      startedAt: run.startedAt.toISOString(),
      endedAt: run.endedAt?.toISOString() ?? null,
      goals: run.state.goals.map(({ at, ...goal }) => ({ ...goal, at: new Date(at).toISOString() })),
    };
  };

async function detailOf(call: Call, run: RunDocument): Promise<RunDetailView> {
  const names = await readNames(call.engine.store, [run.customerId]);
  return {
    ...runOf(call, names)(run),
    context: { ...run.state.context },
    trail: run.state.trail.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
  };
}

function found(run: RunDocument | null, runId: string): RunDocument {
  if (run !== null) return run;
  throw new ApiError('unknown_run', `There is no run "${runId}"`);
}

/** @throws ApiError `invalid_cursor` */
export async function getRuns(call: Call, { cursor, limit, ...which }: RunsQuery): Promise<RunsPage> {
  const { store } = call.engine;
  const after = readCursor(cursor, decodeRunCursor) ?? undefined;
  const runs = await listRuns(call.engine, { ...which, after, limit: limit + 1 });
  const items = runs.slice(0, limit);
  const names = await readNames(
    store,
    items.map(({ customerId }) => customerId),
  );
  const last = items.at(-1);
  return {
    items: items.map(runOf(call, names)),
    nextCursor: runs.length > limit && last !== undefined ? encodeRunCursor(last) : null,
  };
}

/** @throws ApiError `unknown_run` */
export async function getRun(call: Call, { runId }: RunQueryRequest): Promise<RunDetailView> {
  return detailOf(call, found(await viewRun(call.engine, runId), runId));
}

/** Tries a dead letter again; any other run stays as it is. @throws ApiError `unknown_run` */
export async function retryOne(call: Call, { runId }: RunQueryRequest): Promise<RunDetailView> {
  const run = found(await retryRun(createJourneyWork(call.engine), runId), runId);
  call.deliveriesWait();
  return detailOf(call, run);
}

/** Ends a run. @throws ApiError `unknown_run` */
export async function stopOne(call: Call, { runId }: RunQueryRequest): Promise<RunDetailView> {
  const by = callerName(call.caller);
  return detailOf(call, found(await stopRun(createJourneyWork(call.engine), runId, by), runId));
}

/** Tries all dead letters of a journey again. @throws ApiError `unknown_journey` */
export async function retryAll(
  { engine, deliveriesWait }: Call,
  { journeyId }: { readonly journeyId: string },
): Promise<{ retried: number }> {
  if ((await engine.store.journeys.exists({ _id: journeyId })) === null) throw unknownJourney(journeyId);
  const retried = await retryFailed(createJourneyWork(engine), journeyId);
  deliveriesWait();
  return { retried };
}
