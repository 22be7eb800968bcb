import type { Company } from '../policy/company.js';
import { type Estimate, type Moments, mean, momentsOf, NOTHING, share } from './estimate.js';
import type { Answered, Conversation } from './read-service.js';
import type { OrderRow } from './read-window.js';

type Costs = Pick<Company, 'costPerConversation' | 'costPerConversationHour'>;

/** Conversations and what they cost, by customer. @param costs null where the company hasn't said what one costs */
function costOf(
  { hours }: Conversation,
  { costPerConversation = 0, costPerConversationHour }: Costs,
): number {
  return costPerConversation + (hours ?? 0) * costPerConversationHour;
}

/**
 * What serving a customer took in the window: the mean over those who ordered or talked to support, who cost nothing
 * included. Nothing where the company hasn't said what a conversation costs.
 */
export function costToServe(
  conversations: readonly Conversation[],
  orders: readonly OrderRow[],
  costs: Costs,
): Estimate {
  if (costs.costPerConversation === undefined && costs.costPerConversationHour === 0) return NOTHING;
  const byCustomer = new Map(orders.map(({ customerId }) => [customerId, 0]));
  for (const conversation of conversations) {
    const { customerId } = conversation;
    byCustomer.set(customerId, (byCustomer.get(customerId) ?? 0) + costOf(conversation, costs));
  }
  return mean(momentsOf([...byCustomer.values()]));
}

/** The share of needs answered by an action after which the customer did not write to support. */
export function answeredWithoutContact(answered: readonly Answered[]): Estimate {
  return share(answered.filter(({ followedByContact }) => !followedByContact).length, answered.length);
}

/** Conversations of each customer of a group, in a hundred; who had none included. */
export function conversationsPerHundred(
  conversations: readonly Conversation[],
  group: ReadonlySet<string>,
): Moments {
  const counts = new Map([...group].map((customerId) => [customerId, 0]));
  for (const { customerId } of conversations) {
    const known = counts.get(customerId);
    if (known !== undefined) counts.set(customerId, known + 100);
  }
  return momentsOf([...counts.values()]);
}
