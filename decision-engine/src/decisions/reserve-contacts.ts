import { durationToMs } from '../catalogue/duration.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { ReservedContact } from '../customers/reserved-contact.js';
import { selects } from '../policy/selector.js';
import { BEFORE_THE_DISK } from '../store/before-the-disk.js';
import { failedWrites } from '../store/duplicate-keys.js';
import { type BatchOutcome, inBatches } from '../store/in-batches.js';
import { nativeOf } from '../store/native-of.js';
import { perStore } from '../store/per-store.js';
import type { Store } from '../store/store.js';
import type { DecidingRules } from './deciding-rules.js';
import type { DecisionDocument } from './decision-document.js';

/** Whether any rule counts contacts of this kind; where none does, nothing needs to be reserved. */
function isCounted(rules: DecidingRules, contact: ReservedContact): boolean {
  const action = rules.action(contact.actionId);
  const treatment = action?.treatments.find(({ treatmentId }) => treatmentId === contact.treatmentId);
  if (action === undefined || treatment === undefined) return false;
  return (
    action.limits.contactsPerCustomer !== undefined ||
    rules.policies.contact.limits.some(({ appliesTo }) => selects(appliesTo, action, treatment.channel))
  );
}

/**
 * The room a decision takes against the customer's limits.
 * @param slots how many of its actions will be shown
 */
export function contactsToReserve(
  rules: DecidingRules,
  decision: DecisionDocument,
  slots: number,
): readonly ReservedContact[] {
  const { decidedAt, actions } = decision;
  const until = new Date(decidedAt.getTime() + durationToMs(rules.policies.contact.reservedFor));
  return actions
    .slice(0, slots)
    .map(
      ({ actionId, treatment, group, issue, class: itsClass }): ReservedContact => ({
        decisionId: decision.continues ?? decision._id,
        actionId,
        treatmentId: treatment.treatmentId,
        groupId: group,
        issueId: issue,
        class: itsClass,
        channel: treatment.channel,
        tags: rules.action(actionId)?.tags ?? [],
        at: decidedAt,
        until,
      }),
    )
    .filter((contact) => isCounted(rules, contact));
}

type ReadCustomer = Pick<CustomerDocument, '_id' | 'revision' | 'reserved' | 'reservedRevision'>;

/** What a customer has reserved once a decision took its room; still to be written. */
type Reservation = {
  readonly read: ReadCustomer;
  readonly reserved: readonly ReservedContact[];
  /** Those of `reserved` that are new. */
  readonly contacts: readonly ReservedContact[];
};

function isSame(a: ReservedContact, b: ReservedContact): boolean {
  return a.decisionId === b.decisionId && a.actionId === b.actionId && a.at.getTime() === b.at.getTime();
}

/** Which of them stand in their customer's document. */
async function holdTheirs(store: Store, reservations: readonly Reservation[]): Promise<boolean[]> {
  const stored = await store.customers
    .find({ _id: { $in: reservations.map(({ read }) => read._id) } }, { reserved: 1, mergedInto: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'reserved' | 'mergedInto'>[]>();
  const known = new Map(stored.map((document) => [document._id, document]));
  return reservations.map(({ read, contacts }) => {
    const document = known.get(read._id);
    const held = document?.mergedInto === null ? (document.reserved ?? []) : [];
    return contacts.every((contact) => held.some((other) => isSame(contact, other)));
  });
}

async function writeReservations(
  store: Store,
  reservations: readonly Reservation[],
): Promise<readonly BatchOutcome<boolean>[]> {
  const all = (value: boolean) => reservations.map(() => ({ ok: true, value }) as const);
  let failed: ReadonlyMap<number, unknown> = new Map();
  try {
    const { matchedCount } = await nativeOf(store.connection, store.customers).bulkWrite(
      reservations.map(({ read, reserved }) => ({
        updateOne: {
          filter: {
            _id: read._id,
            // What was decided on has to be what is stored: a consent may have been taken back meanwhile.
            revision: read.revision,
            mergedInto: null,
            // Customers of before there were reservations have none: null is what a missing field equals.
            reservedRevision: {
              $in: read.reservedRevision === undefined ? [0, null] : [read.reservedRevision],
            },
          },
          update: { $set: { reserved }, $inc: { reservedRevision: 1 } },
        },
      })),
      { ordered: false, ...BEFORE_THE_DISK },
    );
    if (matchedCount === reservations.length) return all(true);
    if (matchedCount === 0) return all(false);
  } catch (error) {
    failed = failedWrites(error);
  }
  // The answer says how many matched, not which.
  const held = await holdTheirs(store, reservations);
  return reservations.map((_, index) =>
    failed.has(index) ? { ok: false, error: failed.get(index) } : { ok: true, value: held[index] === true },
  );
}

const reserverOf = perStore((store) =>
  inBatches<Reservation, boolean>({
    run: (reservations) => writeReservations(store, reservations),
    mostAtOnce: 64,
  }),
);

/**
 * Takes the room in the customer's own document, on condition that nobody took any and nothing else was learned of the
 * customer since the document was read: of any number of decisions at once, on any number of machines, each sees what the
 * ones before it took.
 * @returns the customer with the room taken; null when the customer changed meanwhile or was merged: read again and decide
 *   again
 */
export async function reserveContacts<Customer extends ReadCustomer>(
  store: Store,
  read: Customer,
  contacts: readonly ReservedContact[],
): Promise<Customer | null> {
  const [first] = contacts;
  if (first === undefined) return read;
  const live = (read.reserved ?? []).filter(({ until }) => until.getTime() > first.at.getTime());
  const reserved = [...live, ...contacts];
  const taken = await reserverOf(store)({ read, reserved, contacts });
  return taken ? { ...read, reserved, reservedRevision: (read.reservedRevision ?? 0) + 1 } : null;
}

/** Gives the room of a decision back, when what it chose will not be shown. */
export async function releaseContacts(
  store: Store,
  { customerId, decisionId, actionId }: { customerId: string; decisionId: string; actionId?: string },
): Promise<void> {
  const which = actionId === undefined ? { decisionId } : { decisionId, actionId };
  await store.customers.updateOne(
    { _id: customerId, reserved: { $elemMatch: which } },
    { $pull: { reserved: which }, $inc: { reservedRevision: 1 } },
  );
}

/** Keeps the room of a message that waits until it has left. */
export async function prolongReservation(
  store: Store,
  {
    customerId,
    decisionId,
    actionId,
    until,
  }: { customerId: string; decisionId: string; actionId: string; until: Date },
): Promise<void> {
  await store.customers.updateOne(
    { _id: customerId, reserved: { $elemMatch: { decisionId, actionId } } },
    { $set: { 'reserved.$[mine].until': until }, $inc: { reservedRevision: 1 } },
    { arrayFilters: [{ 'mine.decisionId': decisionId, 'mine.actionId': actionId }] },
  );
}
