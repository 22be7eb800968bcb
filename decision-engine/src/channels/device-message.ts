import type { CustomerDocument } from '../customers/customer-document.js';
import type { DeviceEntry } from '../customers/profile.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { Store } from '../store/store.js';
import type { Composed } from './channel-registry.js';
import { plainMessage } from './connect-channel.js';

/**
 * Whether somebody else was seen with an app or browser since: a shared phone on which another customer signed in. What is
 * meant for the one must not appear before the other.
 */
async function belongsToAnother(
  store: Pick<Store, 'customers'>,
  { _id }: CustomerDocument,
  { address, at }: DeviceEntry,
): Promise<boolean> {
  const others = await store.customers
    .find({ 'devices.address': address, _id: { $ne: _id }, mergedInto: null }, { devices: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'devices'>[]>();
  return others.some(({ devices = [] }) =>
    devices.some((each) => each.address === address && each.at.getTime() > at.getTime()),
  );
}

/** A push message to the app or browser it was meant for, if that is still the customer's. */
export async function deviceMessage(
  delivery: StoredDelivery,
  customer: CustomerDocument,
  store: Pick<Store, 'customers'>,
): Promise<Composed> {
  const device = customer.devices?.find(({ address }) => address === delivery.to);
  if (device === undefined || device.goneAt !== null) return { refused: 'the device is gone' };
  if (await belongsToAnother(store, customer, device))
    return { refused: 'somebody else uses the device by now' };
  return { ...plainMessage(delivery), ...(device.keys === undefined ? {} : { keys: device.keys }) };
}
