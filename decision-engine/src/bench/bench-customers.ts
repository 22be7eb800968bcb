import { type InboundEvent, parseSegmentMessage } from '@segue/integrations';
import { OUTCOME_EVENT_NAMES } from '@segue/models';
import { ingestEvents } from '../events/ingest-events.js';
import type { Store } from '../store/store.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CONTACTS = 60;
const VIEWS = 100;

/** Half a year of one customer: orders, views, a good conversation, 60 contacts of which two are a week old or younger. */
function historyOf(userId: string, now: Date): InboundEvent[] {
  const before = (ms: number): string => new Date(now.getTime() - ms).toISOString();
  const track = (event: string, ago: number, properties: object = {}) => ({
    type: 'track',
    userId,
    event,
    timestamp: before(ago),
    messageId: `${userId}:${event}:${ago}`,
    properties,
  });
  const messages = [
    {
      type: 'identify',
      userId,
      timestamp: before(200 * DAY_MS),
      messageId: `${userId}:identify`,
      traits: { email: `${userId}@example.com`, firstName: 'Ann', age: 40, consent: { email: true } },
    },
    ...[40, 20].map((days) =>
      track('Order Completed', days * DAY_MS, { order_id: `${userId}-${days}`, total: 60, currency: 'EUR' }),
    ),
    ...Array.from({ length: CONTACTS }, (_, index) =>
      track(OUTCOME_EVENT_NAMES[index % 4 === 0 ? 'rejected' : 'shown'], (index + 1) * 3 * DAY_MS, {
        decision_id: `dec-${userId}-${index}`,
        action_id: `action-${index % 50}`,
        group_id: `group-${index % 7}`,
        treatment_id: 'email',
        channel: 'email',
      }),
    ),
    ...Array.from({ length: VIEWS }, (_, index) =>
      track('Product Viewed', (index + 1) * HOUR_MS, { product_id: `p${index}` }),
    ),
    track('Live Chat Conversation Started', 2 * HOUR_MS, {
      conversation_id: `${userId}-1`,
      topic: 'delivery',
      sentiment: 0.2,
    }),
    track('Live Chat Conversation Ended', HOUR_MS, {
      conversation_id: `${userId}-1`,
      resolved: true,
      sentiment: 0.4,
    }),
  ];
  return messages.map((message) => {
    const parsed = parseSegmentMessage(message, { receivedAt: now });
    if (!parsed.ok) throw new Error(`The bench made a message we refuse: ${JSON.stringify(parsed.issues)}`);
    return parsed.event;
  });
}

/** Fills the store with customers who have lived. @returns their ids */
export async function addBenchCustomers(
  store: Store,
  { count, now }: { readonly count: number; readonly now: Date },
): Promise<string[]> {
  const userIds = Array.from({ length: count }, (_, index) => `bench-${index}`);
  for (let first = 0; first < count; first += 10) {
    await ingestEvents(
      store,
      userIds.slice(first, first + 10).flatMap((userId) => historyOf(userId, now)),
    );
  }
  const found = await store.identities
    .find({ _id: { $in: userIds.map((userId) => `userId:${userId}`) } })
    .lean();
  return found.map(({ customerId }) => customerId);
}
