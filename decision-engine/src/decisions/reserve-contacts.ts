import { durationToMs } from '../catalogue/duration.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { ReservedContact } from '../customers/reserved-contact.js';
import { selects } from '../policy/selector.js';
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

function revisionIs(revision: number | undefined): Record<string, unknown> {
  return { reservedRevision: revision ?? { $in: [0, null] } };
}

/**
 * Takes the room in the customer's own document, on condition that nobody took any since the document was read: of any
 * number of decisions at once, on any number of machines, each sees what the ones before it took.
 * @returns false when somebody was quicker, or the customer was merged: read again and decide again
 */
export async function reserveContacts(
  store: Store,
  read: Pick<CustomerDocument, '_id' | 'reserved' | 'reservedRevision'>,
  contacts: readonly ReservedContact[],
): Promise<boolean> {
  const [first] = contacts;
  if (first === undefined) return true;
  const live = (read.reserved ?? []).filter(({ until }) => until.getTime() > first.at.getTime());
  const taken = await store.customers.updateOne(
    { _id: read._id, mergedInto: null, ...revisionIs(read.reservedRevision) },
    { $set: { reserved: [...live, ...contacts] }, $inc: { reservedRevision: 1 } },
  );
  return taken.matchedCount === 1;
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
