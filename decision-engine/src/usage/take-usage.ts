import type { Action } from '../catalogue/action.js';
import type { ActionUsage } from '../decide/decide-input.js';
import { BEFORE_THE_DISK } from '../store/before-the-disk.js';
import { failedWrites, isDuplicateKey } from '../store/duplicate-keys.js';
import { type BatchOutcome, inBatches } from '../store/in-batches.js';
import { nativeOf } from '../store/native-of.js';
import { perStore } from '../store/per-store.js';
import type { Store } from '../store/store.js';
import { type Amounts, type Claim, hasTotals, sumOf, toMicros } from './claim.js';
import { createKnownUsage } from './known-usage.js';
import { USAGE_SCHEMA_VERSION, type UsageDocument } from './usage-document.js';

function countedOf(actions: readonly Action[]): string[] {
  return actions.filter(hasTotals).map(({ actionId }) => actionId as string);
}

async function readCounters(
  store: Store,
  actionIds: readonly string[],
): Promise<ReadonlyMap<string, ActionUsage>> {
  const documents = await store.usage.find({ _id: { $in: [...actionIds] } }).lean<UsageDocument[]>();
  return new Map(
    documents.map(({ _id, contacts, acceptances, spentMicros }) => [
      _id,
      { contacts, acceptances, spent: spentMicros / 1_000_000 },
    ]),
  );
}

const knownOf = perStore((store) =>
  createKnownUsage({
    read: (actionIds) => readCounters(store, actionIds),
    milliseconds: () => performance.now(),
  }),
);

/** How much is used of the actions that have total caps or a budget; the others are not counted. */
export async function readUsage(
  store: Store,
  actions: readonly Action[],
): Promise<ReadonlyMap<string, ActionUsage>> {
  const counted = countedOf(actions);
  return counted.length === 0 ? new Map() : readCounters(store, counted);
}

/** As {@link readUsage}, but what other processes used in the last moments may be missing: for what claims its room anyway. */
export async function knownUsage(
  store: Store,
  actions: readonly Action[],
): Promise<ReadonlyMap<string, ActionUsage>> {
  const counted = countedOf(actions);
  return counted.length === 0 ? new Map() : knownOf(store).of(counted);
}

/** What must hold of the counters for the claim to fit under the caps. */
function room({ limits }: Action, { contacts, acceptances, spentMicros }: Amounts): Record<string, unknown> {
  const { totalContacts, totalAcceptances, budget } = limits;
  return {
    ...(totalContacts === undefined ? {} : { contacts: { $lte: totalContacts - contacts } }),
    ...(totalAcceptances === undefined ? {} : { acceptances: { $lte: totalAcceptances - acceptances } }),
    ...(budget === undefined ? {} : { spentMicros: { $lte: toMicros(budget) - spentMicros } }),
  };
}

type Taking = { readonly action: Action; readonly held: Amounts };

function fitsAnEmptyCounter({ action: { limits }, held }: Taking): boolean {
  const { totalContacts, totalAcceptances, budget } = limits;
  return (
    held.contacts <= (totalContacts ?? Number.POSITIVE_INFINITY) &&
    held.acceptances <= (totalAcceptances ?? Number.POSITIVE_INFINITY) &&
    held.spentMicros <= (budget === undefined ? Number.POSITIVE_INFINITY : toMicros(budget))
  );
}

/** What several decisions take of one action, as one; `places` are theirs in the batch. */
type Together = Taking & { readonly places: readonly number[] };

/** Gathers those of the same action, as far as their sum could fit at all. */
function gather(takings: readonly Taking[]): Together[] {
  const open = new Map<Action, Together>();
  const full: Together[] = [];
  takings.forEach((taking, place) => {
    const { action, held } = taking;
    const before = open.get(action);
    const both = before && { action, held: sumOf(before.held, held), places: [...before.places, place] };
    if (both !== undefined && fitsAnEmptyCounter(both)) {
      open.set(action, both);
      return;
    }
    if (before !== undefined) full.push(before);
    open.set(action, { ...taking, places: [place] });
  });
  return [...open.values(), ...full];
}

/**
 * Takes each of them that fits, in one command. Where there is no room the condition doesn't match, the update tries to
 * make a second counter of the same id, and the refusal says which one it was.
 */
async function takeEach(store: Store, takings: readonly Taking[]): Promise<BatchOutcome<boolean>[]> {
  const taken = { ok: true, value: true } as const;
  try {
    await nativeOf(store.connection, store.usage).bulkWrite(
      takings.map(({ action, held }) => ({
        updateOne: {
          filter: { _id: action.actionId as string, ...room(action, held) },
          update: { $inc: { ...held }, $setOnInsert: { schemaVersion: USAGE_SCHEMA_VERSION } },
          upsert: true,
        },
      })),
      { ordered: false, ...BEFORE_THE_DISK },
    );
    return takings.map(() => taken);
  } catch (error) {
    const failed = failedWrites(error);
    return takings.map((_, index) => {
      if (!failed.has(index)) return taken;
      const why = failed.get(index);
      return isDuplicateKey(why) ? { ok: true, value: false } : { ok: false, error: why };
    });
  }
}

/** Takes all of them that fit: many decisions that choose the same write one counter once. */
async function takeAll(store: Store, takings: readonly Taking[]): Promise<readonly BatchOutcome<boolean>[]> {
  const together = gather(takings);
  const outcomes: BatchOutcome<boolean>[] = takings.map(() => ({ ok: true, value: false }));
  const alone: number[] = [];
  (await takeEach(store, together)).forEach((outcome, index) => {
    const places = together[index]?.places ?? [];
    // There may still be room for some of them.
    const parts = places.length > 1 && outcome.ok && !outcome.value;
    for (const place of places) {
      if (parts) alone.push(place);
      else outcomes[place] = outcome;
    }
  });
  if (alone.length === 0) return outcomes;
  const again = await takeEach(
    store,
    alone.flatMap((place) => takings[place] ?? []),
  );
  again.forEach((outcome, index) => {
    const place = alone[index];
    if (place !== undefined) outcomes[place] = outcome;
  });
  return outcomes;
}

const takerOf = perStore((store) =>
  inBatches<Taking, boolean>({
    run: (takings) => takeAll(store, takings),
    mostAtOnce: 64,
  }),
);

/**
 * Takes a claim's amounts from what is left of the action, in a conditional write: of any number of decisions at once
 * only as many get it as there is room for.
 * @returns false when there is no room, or where another process began to count the action in this very moment
 */
export async function takeUsage(store: Store, action: Action, { held }: Claim): Promise<boolean> {
  const taking = { action, held };
  if (!fitsAnEmptyCounter(taking)) return false;
  const taken = await takerOf(store)(taking);
  if (taken) knownOf(store).changed(action.actionId, held);
  return taken;
}

/** Changes the counter by what has happened, whatever the caps say. */
export function addUsage(store: Store, actionId: string, change: Amounts): Promise<void> {
  return addUsages(store, new Map([[actionId, change]]));
}

/** As {@link addUsage}, for several actions with one command. */
export async function addUsages(store: Store, changes: ReadonlyMap<string, Amounts>): Promise<void> {
  const any = [...changes].filter(
    ([, { contacts, acceptances, spentMicros }]) => contacts !== 0 || acceptances !== 0 || spentMicros !== 0,
  );
  if (any.length === 0) return;
  await nativeOf(store.connection, store.usage).bulkWrite(
    any.map(([actionId, change]) => ({
      updateOne: {
        filter: { _id: actionId },
        update: { $inc: { ...change }, $setOnInsert: { schemaVersion: USAGE_SCHEMA_VERSION } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  for (const [actionId, change] of any) knownOf(store).changed(actionId, change);
}
