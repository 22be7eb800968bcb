import type { Outcome } from '@segue/models';
import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Store } from '../store/store.js';
import { type Claim, claimAfter, difference } from './claim.js';
import { addUsage } from './take-usage.js';

const TRIES = 20;

function takesMore(before: Claim, after: Claim): boolean {
  const { contacts, acceptances, spentMicros } = difference(before, after);
  return contacts > 0 || acceptances > 0 || spentMicros > 0;
}

/** When the next open claim of a decision runs out is only of interest while there is one. */
function dueAfter(claims: readonly Claim[], changed: Claim): Record<string, unknown> {
  const open = claims.some(({ actionId, state }) =>
    actionId === changed.actionId ? changed.state === 'open' : state === 'open',
  );
  return open ? {} : { $unset: { claimsDueAt: '' } };
}

/**
 * Settles what a decision holds of an action by what came of it. The decision's claim is the record; a crash between the
 * two writes loses at most room that could have been used, never lets a cap be passed: what is given back is marked
 * first, what is taken is counted first.
 */
export async function settleClaim(
  store: Store,
  decisionId: string,
  { actionId, outcome }: { readonly actionId: string; readonly outcome: Outcome | 'fellThrough' },
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const decision = await store.decisions
      .findById(decisionId, { claims: 1 })
      .lean<Pick<DecisionDocument, 'claims'> | null>();
    const claims = decision?.claims ?? [];
    const claim = claims.find((each) => each.actionId === actionId);
    if (claim === undefined) return;
    const after = claimAfter(claim, outcome);
    if (after === claim) return;
    const change = difference(claim, after);
    const more = takesMore(claim, after);
    if (more) await addUsage(store, actionId, change);
    const marked = await store.decisions.updateOne(
      { _id: decisionId, claims: { $elemMatch: { actionId, version: claim.version } } },
      { $set: { 'claims.$[claim]': after }, ...dueAfter(claims, after) },
      { arrayFilters: [{ 'claim.actionId': actionId }] },
    );
    if (marked.matchedCount === 1) {
      if (!more) await addUsage(store, actionId, change);
      return;
    }
    if (more) await addUsage(store, actionId, negated(change));
  }
  throw new Error(`Could not settle "${actionId}" of decision ${decisionId} in ${TRIES} tries`);
}

function negated({ contacts, acceptances, spentMicros }: ReturnType<typeof difference>) {
  return { contacts: -contacts, acceptances: -acceptances, spentMicros: -spentMicros };
}
