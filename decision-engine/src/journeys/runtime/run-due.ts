import { randomBytes } from 'node:crypto';
import type { RunDocument } from '../store/run-document.js';
import { LEASE_MS } from '../store/run-document.js';
import { driveRuns } from './drive-runs.js';
import type { JourneyWork } from './journey-work.js';

/** Runs taken at once: what memory has to hold, however many wait. */
const BATCH = 500;

/** Takes the runs that have waited longest under a lease, so that no two workers are at one run. */
async function takeDue({ engine }: JourneyWork): Promise<RunDocument[]> {
  const { journeyRuns } = engine.store;
  const now = engine.clock();
  const stopped = engine.journeys
    .inForce()
    .filter(({ state }) => state === 'stopped')
    .map(({ journeyId }) => journeyId);
  const others = stopped.length === 0 ? {} : { journeyId: { $nin: stopped } };
  const due = await journeyRuns
    .find({ status: 'active', dueAt: { $lte: now }, ...others })
    .sort({ dueAt: 1 })
    .limit(BATCH)
    .lean<RunDocument[]>();
  if (due.length === 0) return [];
  const claim = randomBytes(9).toString('base64url');
  const dueAt = new Date(now.getTime() + LEASE_MS);
  // One statement for all: what changed since it was read fails at its save and is taken again when the lease is over.
  const taken = await journeyRuns.updateMany(
    { _id: { $in: due.map(({ _id }) => _id) }, status: 'active', dueAt: { $lte: now } },
    { $set: { claim, dueAt }, $inc: { revision: 1 } },
  );
  const mine = due.map((run) => ({ ...run, claim, dueAt, revision: run.revision + 1 }));
  if (taken.modifiedCount === due.length) return mine;
  const ours = await journeyRuns
    .find({ _id: { $in: due.map(({ _id }) => _id) }, claim }, { _id: 1 })
    .lean<Pick<RunDocument, '_id'>[]>();
  const won = new Set(ours.map(({ _id }) => _id));
  return mine.filter(({ _id }) => won.has(_id));
}

/** Moves one batch of the runs whose time has come. */
export async function runDue(
  work: JourneyWork,
): Promise<{ readonly runs: number; readonly performed: number }> {
  const due = await takeDue(work);
  const performed = await driveRuns(
    work,
    due.map((run) => ({ run, input: { type: 'time' } })),
  );
  return { runs: due.length, performed };
}
