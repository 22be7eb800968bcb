import type { RunDocument } from '../store/run-document.js';
import { driveRuns } from './drive-runs.js';
import type { JourneyWork } from './journey-work.js';

/** Runs taken at once: what memory has to hold, however many wait. */
const BATCH = 500;

/**
 * Moves one batch of the runs that have waited longest. Nothing is leased beforehand: each run's first save names the
 * revision that was read and, where something is to be done outside, is the lease. Of two workers at one run one wins.
 */
export async function runDue(
  work: JourneyWork,
): Promise<{ readonly runs: number; readonly performed: number }> {
  const { engine } = work;
  const stopped = engine.journeys
    .inForce()
    .filter(({ state }) => state === 'stopped')
    .map(({ journeyId }) => journeyId);
  const due = await engine.store.journeyRuns
    .find({
      status: 'active',
      dueAt: { $lte: engine.clock() },
      ...(stopped.length === 0 ? {} : { journeyId: { $nin: stopped } }),
    })
    .sort({ dueAt: 1 })
    .limit(BATCH)
    .lean<RunDocument[]>();
  const performed = await driveRuns(
    work,
    due.map((run) => ({ run, input: { type: 'time' } })),
  );
  return { runs: due.length, performed };
}
