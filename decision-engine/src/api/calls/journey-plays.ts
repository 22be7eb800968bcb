import { displayNameOf } from '../../customers/display-name.js';
import { findCustomer } from '../../customers/find-customer.js';
import { readNames } from '../../customers/read-names.js';
import type { Job } from '../../jobs/jobs.js';
import type { CompiledJourney } from '../../journeys/definition/compile-journey.js';
import { readDefinition } from '../../journeys/definition/read-definition.js';
import { dryRun } from '../../journeys/manage/dry-run.js';
import { checkJourney } from '../../journeys/manage/publish-journey.js';
import { type Replay, replayEntries } from '../../journeys/manage/replay-entries.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type {
  DryRunAnswer,
  DryRunRequest,
  ReplayQuery,
  ReplayRequest,
  ReplayView,
} from '../shapes/journey.js';
import { journeyInvalid, unknownJourney } from './journeys.js';

/** The published journey that is named, or the one that is handed over. @throws ApiError `unknown_journey`, `journey_invalid` */
function journeyOf(
  { engine }: Call,
  { journeyId, definition }: Pick<DryRunRequest, 'journeyId' | 'definition'>,
): CompiledJourney {
  if (journeyId !== undefined) {
    const inForce = engine.journeys.inForce().find((each) => each.journeyId === journeyId);
    if (inForce === undefined) throw unknownJourney(journeyId);
    return inForce.journey;
  }
  const read = readDefinition(definition);
  if (!read.ok) throw journeyInvalid(read.problems);
  const checked = checkJourney(engine, read.definition);
  if (!checked.ok) throw journeyInvalid(read.locate(checked.problems));
  return checked.journey;
}

/**
 * Plays a journey for one customer from now on; nothing is written and nothing leaves.
 * @throws ApiError `unknown_customer`, `unknown_journey`, `journey_invalid`
 */
export async function playJourney(call: Call, request: DryRunRequest): Promise<DryRunAnswer> {
  const { engine } = call;
  const journey = journeyOf(call, request);
  const document = await findCustomer(engine.store, request.customer);
  if (document === null) throw new ApiError('unknown_customer', 'No customer has this identity');
  const played = await dryRun(engine, journey, {
    document,
    properties: request.properties,
    events: request.events.map(({ name, afterMinutes, properties }) => ({
      name,
      afterMs: afterMinutes * 60_000,
      properties,
    })),
  });
  return {
    ...played,
    customerId: document._id,
    displayName: displayNameOf(document),
    trail: played.trail.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
    messages: played.messages.map(({ at, ...message }) => ({ ...message, at: at.toISOString() })),
  };
}

async function viewOf({ engine }: Call, job: Job<Replay>): Promise<ReplayView> {
  const { jobId, startedAt, state, progress, result } = job;
  const names = await readNames(engine.store, result?.sample.map(({ customerId }) => customerId) ?? []);
  return {
    replayId: jobId,
    startedAt: startedAt.toISOString(),
    state,
    progress,
    result:
      result === null
        ? null
        : {
            entries: result.entries,
            customers: result.customers,
            refused: { ...result.refused },
            notes: [...result.notes],
            sample: result.sample.map(({ customerId, at }) => ({
              customerId,
              displayName: names.get(customerId) ?? customerId,
              at: at.toISOString(),
            })),
          },
  };
}

/**
 * Begins to go through the past for who would have entered.
 * @throws ApiError `unknown_journey`, `journey_invalid`, `replay_running`
 */
export async function startReplay(call: Call, request: ReplayRequest): Promise<ReplayView> {
  const { engine } = call;
  const journey = journeyOf(call, request);
  const of = await engine.store.customers.countDocuments({ mergedInto: null });
  const started = engine.replays.start(engine.newId('rpl'), engine.clock(), (signal, onProgress) =>
    replayEntries(engine, journey, {
      from: new Date(request.from),
      to: new Date(request.to),
      signal,
      onProgress: (done) => onProgress({ done, of: Math.max(done, of) }),
    }),
  );
  if (started.kind === 'started') return viewOf(call, started.job);
  throw new ApiError(
    'replay_running',
    `Replay "${started.running.jobId}" is running: wait for its end, or stop it`,
  );
}

function found(job: Job<Replay> | undefined, replayId: string): Job<Replay> {
  if (job !== undefined) return job;
  throw new ApiError('unknown_replay', `There is no replay "${replayId}" since the engine started`);
}

/** @throws ApiError `unknown_replay` */
export async function getReplay(call: Call, { replayId }: ReplayQuery): Promise<ReplayView> {
  return viewOf(call, found(call.engine.replays.read(replayId), replayId));
}

/** @throws ApiError `unknown_replay` */
export async function stopReplay(call: Call, { replayId }: ReplayQuery): Promise<ReplayView> {
  return viewOf(call, found(call.engine.replays.stop(replayId), replayId));
}
