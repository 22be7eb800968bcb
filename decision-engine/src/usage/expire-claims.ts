import { randomUUID } from 'node:crypto';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { nativeOf } from '../store/native-of.js';
import type { Store } from '../store/store.js';
import { type Amounts, type Claim, claimAfter, difference, sumOf } from './claim.js';
import { settleClaim } from './settle-claim.js';
import { addUsages } from './take-usage.js';

const BATCH = 200;
const LOOK_AGAIN_MS = 3_600_000;

type Due = Pick<DecisionDocument, '_id' | 'claims' | 'deliveries'>;

/** Gives back what decisions hold that were never shown in time, unless a message of them still waits. */
export async function expireClaims(store: Store, now: Date): Promise<number> {
  let settled = 0;
  for (;;) {
    const due = await store.decisions
      .find({ claimsDueAt: { $lte: now } }, { claims: 1, deliveries: 1 })
      .limit(BATCH)
      .lean<Due[]>();
    const free = due.filter((each) => waitingActions(each).size === 0);
    const left = new Set(await letGo(store, free));
    for (const each of due) {
      if (waitingActions(each).size > 0 || left.has(each)) await letGoOne(store, each, now);
    }
    settled += due.length;
    if (due.length < BATCH) return settled;
  }
}

function waitingActions({ deliveries }: Due): ReadonlySet<string> {
  return new Set(
    deliveries
      .filter(({ state }) => state === 'pending' || state === 'sending' || state === 'held')
      .map(({ actionId }) => actionId),
  );
}

function allFallenThrough(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => claimAfter(claim, 'fellThrough'));
}

/**
 * Lets go of all that these decisions hold, with one command for the decisions and one for the counters. Marked first,
 * given back then: a crash in between loses room and never passes a cap.
 * @returns those whose claims changed meanwhile, which are as they were
 */
async function letGo(store: Store, due: readonly Due[]): Promise<readonly Due[]> {
  if (due.length === 0) return [];
  // Tells our marks from those of another process that does the same: each gives back what it marked.
  const mark = randomUUID();
  const { matchedCount } = await nativeOf(store.connection, store.decisions).bulkWrite(
    due.map(({ _id, claims = [] }) => ({
      updateOne: {
        filter: { _id, claims },
        update: {
          $set: { claims: allFallenThrough(claims), claimsSettledBy: mark },
          $unset: { claimsDueAt: '' as const },
        },
      },
    })),
    { ordered: false },
  );
  const ours = matchedCount === due.length ? due : await markedAs(store, due, mark);
  await addUsages(store, givenBack(ours));
  const settled = new Set(ours);
  return due.filter((each) => !settled.has(each));
}

async function markedAs(store: Store, due: readonly Due[], mark: string): Promise<readonly Due[]> {
  const ids = due.map(({ _id }) => _id);
  const found = await store.decisions.find({ _id: { $in: ids }, claimsSettledBy: mark }, { _id: 1 }).lean();
  const marked = new Set<string>(found.map(({ _id }) => _id));
  return due.filter(({ _id }) => marked.has(_id));
}

function givenBack(due: readonly Due[]): ReadonlyMap<string, Amounts> {
  const changes = new Map<string, Amounts>();
  for (const { claims = [] } of due) {
    for (const claim of claims) {
      const change = difference(claim, claimAfter(claim, 'fellThrough'));
      const before = changes.get(claim.actionId);
      changes.set(claim.actionId, before === undefined ? change : sumOf(before, change));
    }
  }
  return changes;
}

/** Lets go of what no message waits for, and looks again where one does. */
async function letGoOne(store: Store, due: Due, now: Date): Promise<void> {
  const waiting = waitingActions(due);
  for (const { actionId, state } of due.claims ?? []) {
    if (state !== 'open' || waiting.has(actionId)) continue;
    await settleClaim(store, due._id, { actionId, outcome: 'fellThrough' });
  }
  if (waiting.size === 0) return;
  const later = new Date(now.getTime() + LOOK_AGAIN_MS);
  await store.decisions.updateOne({ _id: due._id }, { $set: { claimsDueAt: later } });
}
