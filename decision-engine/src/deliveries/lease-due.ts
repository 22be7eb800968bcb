import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import type { Taken } from './attempt-delivery.js';

/** How long a worker may hold a message before another may think it died. */
export const LEASE_MS = 60_000;

/** Waits for its time, for another try, or for a rule to let go; `sending` past its lease: a worker died. */
const WAITING: readonly StoredDelivery['state'][] = ['pending', 'sending', 'held'];

function isDue({ state, dueAt }: StoredDelivery, now: Date): boolean {
  return WAITING.includes(state) && dueAt.getTime() <= now.getTime();
}

/** Messages that are due, at most one of each customer: what came of one counts for the next. */
export async function findDue(
  engine: Engine,
  {
    limit,
    fullChannels,
    customers,
  }: {
    readonly limit: number;
    /** Channels that have no room. */
    readonly fullChannels: readonly string[];
    /** Customers who are being sent something now. */
    readonly customers: ReadonlySet<string>;
  },
): Promise<readonly Taken[]> {
  const now = engine.clock();
  const wanted = {
    state: { $in: [...WAITING] },
    dueAt: { $lte: now },
    ...(fullChannels.length === 0 ? {} : { channel: { $nin: [...fullChannels] } }),
  };
  const decisions = await engine.store.decisions
    .find({
      deliveries: { $elemMatch: wanted },
      ...(customers.size === 0 ? {} : { customerId: { $nin: [...customers] } }),
    })
    .limit(limit)
    .lean<DecisionDocument[]>();
  const taken = new Set<string>();
  return decisions.flatMap((decision) => {
    const delivery = decision.deliveries.find(
      (each) => isDue(each, now) && !fullChannels.includes(each.channel),
    );
    if (delivery === undefined || taken.has(decision.customerId)) return [];
    taken.add(decision.customerId);
    return [{ decision, delivery }];
  });
}

/** Takes a due message under a lease, so that no two workers send it at once. Null = somebody else has it. */
export async function leaseMessage(engine: Engine, { decision, delivery }: Taken): Promise<Taken | null> {
  const now = engine.clock();
  const { deliveryId, attempts } = delivery;
  const dueAt = new Date(now.getTime() + LEASE_MS);
  const still = { deliveryId, attempts, state: { $in: [...WAITING] }, dueAt: { $lte: now } };
  const leased = await engine.store.decisions.updateOne(
    { _id: decision._id, deliveries: { $elemMatch: still } },
    {
      $set: {
        'deliveries.$[due].state': 'sending',
        'deliveries.$[due].dueAt': dueAt,
      },
      $inc: { 'deliveries.$[due].attempts': 1 },
    },
    { arrayFilters: [{ 'due.deliveryId': deliveryId }] },
  );
  if (leased.modifiedCount === 0) return null;
  return { decision, delivery: { ...delivery, attempts: attempts + 1, dueAt } };
}
