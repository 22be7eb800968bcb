import type { SegueEvent } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import { toSegueEvent } from '../events/stored-event.js';
import { duplicatesOf } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { applyEvent, newProfile } from './apply-event.js';
import type { CustomerDocument } from './customer-document.js';
import { moveTo } from './merge-customers.js';
import type { CustomerId, Profile } from './profile.js';
import { profileFields, profileOf } from './stored-profile.js';

/** What one round of applying changed for a customer. */
export type Applied = { readonly profile: Profile; readonly events: readonly SegueEvent[] };

type Save = {
  readonly customerId: CustomerId;
  readonly known: CustomerDocument | undefined;
  readonly applied: Applied;
};

const TRIES = 60;

/**
 * Makes pending events part of their customers' profiles, each exactly once, whoever else does the same at the same
 * time and wherever a process dies. The invariant: an event is in the profile if it is not pending, or if the profile
 * lists it in `applying`. A save replaces `applying` and carries the revision it read, and it is only made after the
 * events that `applying` listed before are marked as applied.
 * @returns what was applied, by customer (the surviving one, where one was merged meanwhile)
 * @throws when other writers kept winning through every try
 */
export async function applyPending(
  store: Store,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Applied>> {
  const done = new Map<CustomerId, Applied>();
  let open = new Set(customerIds);
  for (let attempt = 0; open.size > 0; attempt++) {
    if (attempt === TRIES)
      throw new Error(
        `Could not save ${open.size} profiles in ${TRIES} tries: other writers kept changing them`,
      );
    const round = await readRound(store, [...open]);
    const saves = round.saves.filter(({ applied }) => applied.events.length > 0);
    const lost = await save(store, saves);
    for (const made of saves) {
      if (lost.has(made.customerId)) continue;
      const before = done.get(made.customerId)?.events ?? [];
      done.set(made.customerId, {
        profile: made.applied.profile,
        events: [...before, ...made.applied.events],
      });
    }
    open = new Set([...lost, ...round.moved]);
  }
  return done;
}

type Listed = { readonly customerId: string; readonly messageIds: readonly string[] };

/** Notes that events are part of their customer's profile: one that went to somebody else meanwhile is not in theirs. */
export async function markApplied(store: Store, listed: readonly Listed[]): Promise<void> {
  const messageIds = listed.flatMap((each) => each.messageIds);
  if (messageIds.length === 0) return;
  const customerIds = listed.map(({ customerId }) => customerId);
  await store.events.updateMany(
    { _id: { $in: messageIds }, customerId: { $in: customerIds } },
    { $unset: { pending: '' } },
    // Not by the customers: some have far more events than these.
    { hint: { _id: 1 } },
  );
}

/** Profiles first, then their pending events: an event applied in between makes the save's revision fail. */
async function readRound(
  store: Store,
  customerIds: readonly CustomerId[],
): Promise<{ saves: Save[]; moved: CustomerId[] }> {
  const documents = await store.customers.find({ _id: { $in: [...customerIds] } }).lean<CustomerDocument[]>();
  const known = new Map(documents.map((document) => [document._id, document]));
  await markApplied(
    store,
    documents
      .filter(({ mergedInto }) => mergedInto === null)
      .map(({ _id, applying }) => ({ customerId: _id, messageIds: applying })),
  );
  const pending = await store.events
    .find({ customerId: { $in: [...customerIds] }, pending: true })
    .sort({ timestamp: 1, _id: 1 })
    .lean<EventDocument[]>();
  const byCustomer = new Map<string, EventDocument[]>();
  for (const event of pending)
    byCustomer.set(event.customerId, [...(byCustomer.get(event.customerId) ?? []), event]);

  const saves: Save[] = [];
  const moved = new Set<CustomerId>();
  for (const customerId of customerIds) {
    const document = known.get(customerId);
    const waiting = byCustomer.get(customerId) ?? [];
    if (document?.mergedInto != null) {
      await moveTo(store, 'events', { from: customerId, to: document.mergedInto, only: { pending: true } });
      moved.add(document.mergedInto as CustomerId);
      continue;
    }
    const [first] = waiting;
    if (first === undefined) continue;
    const fresh = waiting.filter(({ _id }) => !document?.applying.includes(_id)).map(toSegueEvent);
    const start = document === undefined ? newProfile(customerId, first.timestamp) : profileOf(document);
    saves.push({
      customerId,
      known: document,
      applied: { profile: fresh.reduce(applyEvent, start), events: fresh },
    });
  }
  return { saves, moved: [...moved] };
}

/** Writes the profiles whose revision is still the one read. @returns the customers for whom it wasn't */
async function save(store: Store, saves: readonly Save[]): Promise<Set<CustomerId>> {
  if (saves.length === 0) return new Set();
  const operations = saves.map(({ customerId, known, applied }) => {
    const applying = applied.events.map(({ messageId }) => messageId);
    const revision = (known?.revision ?? 0) + 1;
    const fields = { ...profileFields(applied.profile), applying, revision };
    return known === undefined
      ? {
          insertOne: {
            document: { _id: customerId, mergedInto: null, churn: null, attention: null, ...fields },
          },
        }
      : {
          updateOne: {
            filter: { _id: customerId, revision: known.revision, mergedInto: null },
            update: { $set: fields },
          },
        };
  });
  const written = await store.customers
    .bulkWrite(operations, { ordered: false })
    // A taken key means that another process made the same newcomer first.
    .then(
      (result) => result.insertedCount + result.matchedCount,
      (error: unknown) => -duplicatesOf(error).size,
    );
  const lost = written === saves.length ? new Set<CustomerId>() : await findLost(store, saves);
  const won = saves.filter(({ customerId }) => !lost.has(customerId));
  await markApplied(
    store,
    won.map(({ customerId, applied }) => ({
      customerId,
      messageIds: applied.events.map(({ messageId }) => messageId),
    })),
  );
  return lost;
}

/** Ours is the save whose list of events is in place, whole: a save of others with the same events did the same. */
async function findLost(store: Store, saves: readonly Save[]): Promise<Set<CustomerId>> {
  const stored = await store.customers
    .find({ _id: { $in: saves.map(({ customerId }) => customerId) } }, { applying: 1, revision: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'applying' | 'revision'>[]>();
  const byId = new Map(stored.map((document) => [document._id, document]));
  const lost = saves.filter(({ customerId, known, applied }) => {
    const document = byId.get(customerId);
    const ours = applied.events.map(({ messageId }) => messageId).join('\n');
    return document?.revision !== (known?.revision ?? 0) + 1 || document.applying.join('\n') !== ours;
  });
  return new Set(lost.map(({ customerId }) => customerId));
}
