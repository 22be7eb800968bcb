import type { Engine } from '../engine/engine.js';
import { eraseCollection } from './erase-collection.js';
import { exportCollection } from './export-customer.js';
import { personalCollections } from './personal-data.js';
import type { PrivacyRequestDocument } from './privacy-documents.js';
import { subjectOf } from './read-subject.js';
import { rememberErasure } from './remember-erasure.js';

/** How long a worker may be at one step before another may think it died. */
const LEASE_MS = 60_000;
const AGAIN_MS = 30_000;
/** What was under way when the erasure came (a decision, a batch of events) has been written by then. */
export const SETTLE_MS = 60_000;

type Worker = Pick<Engine, 'store' | 'clock' | 'newId' | 'log'> & Partial<Pick<Engine, 'live'>>;

/** How many steps a request has: one for each collection, and for an erasure what is remembered and the second look. */
export function stepsOf(store: Engine['store'], kind: PrivacyRequestDocument['kind']): number {
  const collections = personalCollections(store).length;
  return kind === 'export' ? collections : 1 + 2 * collections;
}

/** Takes a request that is due. Nobody else gets it while the lease lasts. */
async function take({ store, clock, newId }: Worker): Promise<PrivacyRequestDocument | null> {
  const now = clock();
  const claim = newId('clm');
  const taken = await store.privacyRequests.updateOne(
    { dueAt: { $ne: null, $lte: now } },
    { $set: { claim, dueAt: new Date(now.getTime() + LEASE_MS) } },
  );
  if (taken.matchedCount === 0) return null;
  return store.privacyRequests.findOne({ claim }).lean<PrivacyRequestDocument | null>();
}

/** Keeps how far a request has come. @returns false when another worker has taken it over */
async function keep(
  { store }: Worker,
  { _id, claim }: PrivacyRequestDocument,
  set: object,
): Promise<boolean> {
  const kept = await store.privacyRequests.updateOne({ _id, claim }, { $set: set });
  return kept.matchedCount === 1;
}

/** Does one step. @returns what it concerned: a name and how many documents */
async function doStep(worker: Worker, request: PrivacyRequestDocument): Promise<[string, number] | null> {
  const { store, clock } = worker;
  const collections = personalCollections(store);
  const { step, customerIds } = request;
  if (request.kind === 'erase' && step === 0) {
    await rememberErasure(store, customerIds, clock());
    return null;
  }
  const collection = collections[request.kind === 'export' ? step : (step - 1) % collections.length];
  if (collection === undefined) return null;
  const subject = await subjectOf(store, request);
  const count =
    request.kind === 'export'
      ? await exportCollection(store, { request, collection, subject, now: clock() })
      : await eraseCollection(store, collection, subject);
  return [collection.name, count];
}

/** What is left to say of a request whose work is done. Of an erased customer, nothing that says who they were. */
function ending(request: PrivacyRequestDocument, now: Date): object {
  const over = { state: 'done', dueAt: null, doneAt: now, claim: null, problem: null };
  return request.kind === 'export' ? over : { ...over, customerIds: [], displayName: null };
}

/** Other requests about somebody who is erased forget them, too. */
async function forgetInRequests(
  { store }: Worker,
  { customerHash, _id }: PrivacyRequestDocument,
): Promise<void> {
  await store.privacyRequests.updateMany(
    { customerHash, _id: { $ne: _id }, kind: 'export' },
    { $set: { customerIds: [], displayName: null, state: 'done', dueAt: null } },
  );
}

async function workOff(worker: Worker, taken: PrivacyRequestDocument): Promise<void> {
  const { store, clock } = worker;
  const steps = stepsOf(store, taken.kind);
  const firstLook = 1 + personalCollections(store).length;
  let request = taken;
  while (request.step < steps) {
    const done = await doStep(worker, request);
    const step = request.step + 1;
    const [name, count] = done ?? ['', 0];
    const counts =
      count === 0 ? request.counts : { ...request.counts, [name]: (request.counts[name] ?? 0) + count };
    // Everything is gone after the first look; the second one comes when nothing of before can be under way.
    const settles = request.kind === 'erase' && step === firstLook;
    const now = clock();
    const dueAt = new Date(now.getTime() + (settles ? SETTLE_MS : LEASE_MS));
    const state = request.kind === 'erase' && step >= firstLook ? 'settling' : 'running';
    const progress = { step, counts, dueAt, state, problem: null } as const;
    if (!(await keep(worker, request, progress))) return;
    request = { ...request, ...progress };
    if (settles) return;
  }
  if (request.kind === 'erase') await forgetInRequests(worker, request);
  await keep(worker, request, ending(request, clock()));
  worker.live?.inboxChanged(request.customerIds);
}

/**
 * Goes on with one request that is due: exports and erasures step by step, each kept when it is done, so that a killed
 * engine goes on where it stood, and a step that was cut off is done again. @returns whether there was one
 */
export async function runPrivacyOnce(worker: Worker): Promise<boolean> {
  const request = await take(worker);
  if (request === null) return false;
  try {
    await workOff(worker, request);
  } catch (error) {
    worker.log.error({ err: error, requestId: request._id }, 'a privacy request failed; trying again');
    const dueAt = new Date(worker.clock().getTime() + AGAIN_MS);
    await keep(worker, request, { dueAt, problem: 'It failed and is tried again; the log says why.' });
  }
  return true;
}
