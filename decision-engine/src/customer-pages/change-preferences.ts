import { findCustomer } from '../customers/find-customer.js';
import type { Engine } from '../engine/engine.js';
import { setConsent } from '../engine/set-permissions.js';
import type { LinkPayload } from '../links/customer-links.js';
import type { PreferenceChange } from './preferences.js';

/**
 * Takes a customer off a channel for a purpose, at once. Said again after a new yes, it counts again.
 * @returns the customer's id; null when there is no such customer any more
 */
export async function unsubscribe(
  engine: Engine,
  { customerId, channel, purpose }: LinkPayload<'unsubscribe'>,
  source: 'one-click unsubscribe' | 'unsubscribe page',
): Promise<string | null> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return null;
  await setConsent(engine, { customerId: document._id, channel, purpose, state: 'denied', source });
  return document._id;
}

/** Keeps every change as a consent of its own, with where it was said. A form that is sent twice changes nothing more. */
export async function savePreferences(
  engine: Engine,
  { customerId, formId }: { readonly customerId: string; readonly formId: string },
  changes: readonly PreferenceChange[],
): Promise<void> {
  for (const { channel, purpose, state } of changes) {
    const id = `${customerId}:${formId}:${channel}:${purpose}:${state}`;
    await setConsent(engine, { customerId, channel, purpose, state, source: 'preference page', id });
  }
}
