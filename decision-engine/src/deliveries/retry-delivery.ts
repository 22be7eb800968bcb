import { ApiError } from '../api/api-error.js';
import type { DeliveryView } from '../api/shapes/delivery.js';
import { displayNameOf } from '../customers/display-name.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { stoppedText } from './check-sending.js';
import type { DeliveryState } from './delivery-state.js';
import { deliveryViewOf } from './delivery-view.js';
import { takeRoom } from './request-delivery.js';

/** Over, and not for the better: may be tried again by hand. */
const OVER: readonly DeliveryState[] = ['failed', 'skipped'];
/** Went out. Only what its receiver knows by its id may go out again. */
const OUT: readonly DeliveryState[] = ['sent', 'delivered', 'opened'];

function isRetryable(engine: Engine, { state, channel }: StoredDelivery): boolean {
  const replayable = engine.channels.get(channel)?.channel.definition.replayable === true;
  return OVER.includes(state) || (replayable && OUT.includes(state));
}

async function found(
  engine: Engine,
  deliveryId: string,
): Promise<{ decision: DecisionDocument; delivery: StoredDelivery }> {
  const decision = await engine.store.decisions
    .findById(deliveryId.split(':', 1)[0] ?? '')
    .lean<DecisionDocument | null>();
  const delivery = decision?.deliveries.find((each) => each.deliveryId === deliveryId);
  if (decision === null || delivery === undefined)
    throw new ApiError('unknown_delivery', `There is no message "${deliveryId}"`);
  return { decision, delivery };
}

async function takeRoomAgain(
  engine: Engine,
  wanted: { readonly decision: DecisionDocument; readonly delivery: StoredDelivery },
): Promise<void> {
  const checked = await takeRoom(engine, wanted);
  if (checked.verdict === 'gone')
    throw new ApiError('no_treatment', 'The catalogue no longer has this message');
  if (checked.verdict === 'drop')
    throw new ApiError('contact_refused', `This message may not be sent. ${stoppedText(checked.stoppedBy)}`);
}

/**
 * Puts a message that failed or was not sent back into the outbox, with all its tries; one whose receiver knows repeats
 * may go out again, too. Every rule is run now, and once more when it leaves. Asked for twice at once it goes once.
 * @throws ApiError `unknown_delivery`, `delivery_not_retryable`, `no_address`, `no_treatment`, `contact_refused`
 */
export async function retryDelivery(engine: Engine, deliveryId: string): Promise<DeliveryView> {
  const { decision, delivery } = await found(engine, deliveryId);
  if (!isRetryable(engine, delivery))
    throw new ApiError('delivery_not_retryable', `This message is ${delivery.state}: it is not tried again`);
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  const channel = engine.channels.get(delivery.channel);
  const to = document === null ? null : ((await channel?.addressOf(engine.store, document)) ?? null);
  if (document === null || to === null)
    throw new ApiError(
      'no_address',
      `This customer can't be reached: ${channel?.noAddress ?? 'the channel is gone'}`,
    );
  // What went out has its room already.
  if (OVER.includes(delivery.state)) await takeRoomAgain(engine, { decision, delivery });
  const now = engine.clock();
  const again: StoredDelivery = {
    ...delivery,
    to,
    state: 'pending',
    detail: 'tried again by hand',
    attempts: 0,
    dueAt: now,
    updatedAt: now,
  };
  const { state, detail, attempts, dueAt, updatedAt, unanswered = 0 } = again;
  await engine.store.decisions.updateOne(
    { _id: decision._id, deliveries: { $elemMatch: { deliveryId, state: delivery.state } } },
    {
      $set: {
        'deliveries.$[one].to': to,
        'deliveries.$[one].state': state,
        'deliveries.$[one].detail': detail,
        'deliveries.$[one].attempts': attempts,
        'deliveries.$[one].dueAt': dueAt,
        'deliveries.$[one].updatedAt': updatedAt,
        // Somebody has looked: one more try, and what may have gone before is still told.
        ...(unanswered === 0 ? {} : { 'deliveries.$[one].unanswered': 1 }),
      },
    },
    { arrayFilters: [{ 'one.deliveryId': deliveryId }] },
  );
  const view = deliveryViewOf(decision, again, displayNameOf(document));
  engine.live.deliveryChanged(view);
  return view;
}
