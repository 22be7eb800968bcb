import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Store } from '../store/store.js';
import { settleClaim } from '../usage/settle-claim.js';
import type { PersonalCollection, Subject } from './personal-data.js';

/** What the customer's decisions hold of caps and budgets and nobody will use any more goes back to the others. */
async function giveBackClaims(store: Store, { customerIds }: Subject): Promise<void> {
  const open = await store.decisions
    .find({ customerId: { $in: customerIds }, claimsDueAt: { $exists: true } }, { claims: 1 })
    .lean<Pick<DecisionDocument, '_id' | 'claims'>[]>();
  for (const { _id, claims } of open) {
    for (const { actionId, state } of claims ?? []) {
      if (state === 'open') await settleClaim(store, _id, { actionId, outcome: 'fellThrough' });
    }
  }
}

/** Erases what one collection holds of a customer. Done again it finds nothing. @returns how many documents it concerned */
export async function eraseCollection(
  store: Store,
  { name, handling }: PersonalCollection,
  subject: Subject,
): Promise<number> {
  if (handling.kind === 'none') return 0;
  if (name === store.decisions.collection.name) await giveBackClaims(store, subject);
  const documents = store.connection.collection(name);
  let concerned = 0;
  for (const filter of handling.filters(subject)) {
    if (handling.kind === 'theirs') concerned += (await documents.deleteMany(filter)).deletedCount;
    else concerned += (await documents.updateMany(filter, { $set: handling.without(subject) })).modifiedCount;
  }
  return concerned;
}
