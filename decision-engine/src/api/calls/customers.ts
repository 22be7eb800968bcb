import type { z } from 'zod';
import { findCustomer } from '../../customers/find-customer.js';
import { type FoundCustomer, searchCustomers } from '../../customers/search-customers.js';
import { decodeCursor, readTimeline } from '../../customers/timeline.js';
import { actionNameIn } from '../../engine/engine.js';
import { viewCustomer } from '../../engine/view-customer.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { readCursor } from '../read-cursor.js';
import type { CustomerView, ResolveRequest, TimelineRequest, timelinePage } from '../shapes/customer.js';

/** @throws ApiError `unknown_customer` */
export async function getCustomer(
  { engine }: Call,
  { customerId }: { readonly customerId: string },
): Promise<CustomerView> {
  const view = await viewCustomer(engine, customerId);
  if (view === null) throw new ApiError('unknown_customer', `There is no customer "${customerId}"`);
  return view;
}

/** @throws ApiError `invalid_cursor` */
export function customerTimeline(
  { engine }: Call,
  { customerId, cursor, limit }: TimelineRequest,
): Promise<z.infer<typeof timelinePage>> {
  return readTimeline(engine.store, {
    customerId,
    cursor: readCursor(cursor, decodeCursor),
    limit,
    actionName: actionNameIn(engine),
  });
}

/** The customer that the first of these references to be known names; null where none of them is. */
export async function resolveCustomer(
  { engine }: Pick<Call, 'engine'>,
  { references }: ResolveRequest,
): Promise<{ customerId: string | null }> {
  for (const reference of references) {
    const customer = await findCustomer(engine.store, reference);
    if (customer !== null) return { customerId: customer._id };
  }
  return { customerId: null };
}

export function findCustomers(
  { engine }: Call,
  { text }: { readonly text: string },
): Promise<{ items: FoundCustomer[] }> {
  return searchCustomers(engine.store, text);
}
