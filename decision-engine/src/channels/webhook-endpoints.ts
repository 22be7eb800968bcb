import { nextWebhookAttempt } from '@segue/integrations';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { readNote, writeNote } from '../store/notes.js';
import type { Store } from '../store/store.js';
import type { Composed, EngineChannel } from './channel-registry.js';
import { plainMessage } from './connect-channel.js';

const noteOf = (endpoint: string): string => `webhook-off:${endpoint}`;

/** Why a webhook endpoint is switched off; null = it is on. */
export function whyOff(store: Store, endpoint: string): Promise<string | null> {
  return readNote(store, noteOf(endpoint));
}

/** Sends an endpoint nothing more until somebody switches it on again: it has answered 410. */
export async function switchOff(
  { store, clock }: Pick<Engine, 'store' | 'clock'>,
  endpoint: string,
  reason: string,
): Promise<void> {
  await writeNote(store, { name: noteOf(endpoint), text: reason, at: clock() });
}

export async function switchOn({ store }: Pick<Engine, 'store'>, endpoint: string): Promise<void> {
  await store.notes.deleteOne({ _id: noteOf(endpoint) });
}

/** Which endpoint a message goes to: the one its treatment names, or else the first of the settings. */
function endpointOf({ attributes, to }: StoredDelivery): string {
  const named = attributes?.['endpoint'];
  return typeof named === 'string' && named !== '' ? named : to;
}

async function webhookMessage(delivery: StoredDelivery, customerId: string, store: Store): Promise<Composed> {
  const to = endpointOf(delivery);
  const off = await whyOff(store, to);
  if (off !== null) return { refused: `the webhook endpoint "${to}" is switched off: ${off}` };
  const { attributes = {}, actionId, treatmentId, deliveryId, createdAt } = delivery;
  const { endpoint: _, eventType, ...rest } = attributes;
  return {
    ...plainMessage(delivery),
    to,
    event: {
      type: typeof eventType === 'string' && eventType !== '' ? eventType : 'segue.action.chosen',
      happenedAt: createdAt,
      data: {
        customerId,
        decisionId: deliveryId.split(':', 1)[0] ?? '',
        actionId,
        ...(treatmentId === undefined ? {} : { treatmentId }),
        ...rest,
      },
    },
  };
}

/** What is special about webhooks as a channel: an endpoint for an address, the tries of Standard Webhooks, an off switch. */
export function webhookSpecials(
  endpoints: readonly string[],
): Pick<EngineChannel, 'addressOf' | 'noAddress' | 'compose' | 'retries' | 'forget'> {
  return {
    addressOf: () => Promise.resolve(endpoints[0] ?? 'none'),
    noAddress: 'the settings have no webhook endpoints',
    compose: (delivery, customer, { store }) => webhookMessage(delivery, customer._id, store),
    retries: nextWebhookAttempt,
    forget: (engine, { address, reason }) => switchOff(engine, address, reason),
  };
}
