import type { Action } from '../catalogue/action.js';
import type { ActionUsage } from '../decide/decide-input.js';
import { isDuplicateKey } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { type Amounts, type Claim, hasTotals, toMicros } from './claim.js';
import { USAGE_SCHEMA_VERSION, type UsageDocument } from './usage-document.js';

/** How much is used of the actions that have total caps or a budget; the others are not counted. */
export async function readUsage(
  store: Store,
  actions: readonly Action[],
): Promise<ReadonlyMap<string, ActionUsage>> {
  const counted = actions.filter(hasTotals).map(({ actionId }) => actionId as string);
  if (counted.length === 0) return new Map();
  const documents = await store.usage.find({ _id: { $in: counted } }).lean<UsageDocument[]>();
  return new Map(
    documents.map(({ _id, contacts, acceptances, spentMicros }) => [
      _id,
      { contacts, acceptances, spent: spentMicros / 1_000_000 },
    ]),
  );
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

/**
 * Takes a claim's amounts from what is left of the action, in one conditional write: of any number of decisions at once
 * only as many get it as there is room for.
 * @returns false when there is no room
 */
export async function takeUsage(store: Store, action: Action, { held }: Claim): Promise<boolean> {
  const filter = { _id: action.actionId as string };
  const update = { $inc: { ...held } };
  const taken = await store.usage.updateOne({ ...filter, ...room(action, held) }, update);
  if (taken.matchedCount === 1) return true;
  const isNew = await store.usage
    .create({ ...filter, schemaVersion: USAGE_SCHEMA_VERSION, contacts: 0, acceptances: 0, spentMicros: 0 })
    .then(
      () => true,
      (error: unknown) => {
        if (isDuplicateKey(error)) return false;
        throw error;
      },
    );
  if (!isNew) return false;
  return (await store.usage.updateOne({ ...filter, ...room(action, held) }, update)).matchedCount === 1;
}

/** Changes the counters by what has happened, whatever the caps say. */
export async function addUsage(store: Store, actionId: string, change: Amounts): Promise<void> {
  const { contacts, acceptances, spentMicros } = change;
  if (contacts === 0 && acceptances === 0 && spentMicros === 0) return;
  await store.usage.updateOne(
    { _id: actionId },
    { $inc: { ...change }, $setOnInsert: { schemaVersion: USAGE_SCHEMA_VERSION } },
    { upsert: true },
  );
}
