import { ApiError } from '../api/api-error.js';
import { findCustomer } from '../customers/find-customer.js';
import { profileOf } from '../customers/stored-profile.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { mayContact } from './may-contact.js';

/**
 * Puts the e-mail treatment of a decided action into the outbox, once. Sending is the worker's.
 * @throws ApiError `unknown_decision`, `action_not_in_decision`, `no_treatment`, `no_address`, `no_consent`
 */
export async function requestEmail(
  engine: Engine,
  { decisionId, actionId }: { readonly decisionId: string; readonly actionId: string },
): Promise<{ decision: DecisionDocument; delivery: StoredDelivery }> {
  const decision = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  if (decision === null) throw new ApiError('unknown_decision', `There is no decision "${decisionId}"`);
  if (!decision.actions.some((action) => action.actionId === actionId)) {
    throw new ApiError('action_not_in_decision', `Decision "${decisionId}" did not offer "${actionId}"`);
  }
  const action = engine.rules().action(actionId);
  const treatment = action?.treatments.find(({ channel }) => channel === 'email');
  if (action === undefined || treatment === undefined) {
    throw new ApiError('no_treatment', `"${action?.name ?? actionId}" has no e-mail treatment`);
  }
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  const address = await engine.store.identities
    .findOne({ customerId: decision.customerId, kind: 'email' })
    .lean();
  if (document === null || address === null) {
    throw new ApiError('no_address', 'This customer has told no e-mail address');
  }
  const profile = profileOf(document);
  const allowed = mayContact(profile, { channel: 'email', actionClass: action.class });
  if (!allowed.ok) throw new ApiError('no_consent', allowed.reason);

  const now = engine.clock();
  const text = engine.write(treatment, profile);
  const delivery: StoredDelivery = {
    deliveryId: `${decisionId}:${actionId}:email`,
    actionId,
    channel: 'email',
    to: address.value,
    subject: text.subject,
    text: text.body,
    state: 'pending',
    detail: '',
    attempts: 0,
    dueAt: now,
    createdAt: now,
    updatedAt: now,
  };
  await engine.store.decisions.updateOne(
    { _id: decisionId, 'deliveries.deliveryId': { $ne: delivery.deliveryId } },
    { $push: { deliveries: delivery }, $set: { lastDeliveryAt: now } },
  );
  const stored = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  const kept = stored?.deliveries.find(({ deliveryId }) => deliveryId === delivery.deliveryId);
  if (stored === null || kept === undefined)
    throw new ApiError('unknown_decision', `There is no decision "${decisionId}"`);
  return { decision: stored, delivery: kept };
}
