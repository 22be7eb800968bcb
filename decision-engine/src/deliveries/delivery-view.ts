import type { DeliveryView } from '../api/shapes/delivery.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';

export function deliveryViewOf(
  decision: Pick<DecisionDocument, '_id' | 'customerId'>,
  delivery: StoredDelivery,
  displayName: string,
): DeliveryView {
  const {
    attempts,
    dueAt,
    actionId,
    createdAt,
    updatedAt,
    treatmentId,
    facts,
    attributes,
    providerMessageId,
    unanswered = 0,
    ...shown
  } = delivery;
  return {
    ...shown,
    unanswered: shown.state === 'sending' ? 0 : unanswered,
    decisionId: decision._id,
    customerId: decision.customerId,
    displayName,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
