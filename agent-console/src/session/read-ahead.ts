import type { QueryClient } from '@tanstack/react-query';
import { customerQuery, mergesQuery, runsQuery, timelineQuery } from '../customer/customer-queries';
import { isEarly } from '../early/early-link';
import { type Engine, readCustomerAgain } from '../engine/engine-provider';
import type { Permission } from '../engine/engine-types';
import { decisionQuery } from '../next-action/use-decision';

/** Long enough for the slowest page to be there, in milliseconds. */
const HELD = 15_000;

type Options = {
  engine: Engine;
  queryClient: QueryClient;
  /** The address of the page that is being opened. */
  path: string;
  permissions: readonly Permission[];
};

/**
 * Asks for what a customer's page will need while React still draws its frame: on a slow machine that takes as long as the
 * answers. A question that fails here is asked again, and reported, by the page itself.
 */
export function readAhead({ engine, queryClient, path, permissions }: Options): void {
  const encoded = /^\/customers\/([^/]+)$/.exec(path)?.[1];
  if (encoded === undefined || !permissions.includes('customers:read')) return;
  const customerId = decodeURIComponent(encoded);
  engine.live.open();
  // Followed until the page does so itself: nothing may fall between what is read here and its first look.
  const room = engine.live.follow(customerId);
  setTimeout(room.stop, HELD);
  // Asked for before the room was joined: what happened in between is not in it.
  if (isEarly(engine.early, { path: 'customer.get', input: { customerId } }))
    void room.ready.then(() => readCustomerAgain(queryClient, customerId));
  if (permissions.includes('decisions:answer'))
    void queryClient.prefetchQuery(decisionQuery(engine, queryClient, customerId));
  void queryClient.prefetchQuery(customerQuery(engine, customerId));
  void queryClient.prefetchInfiniteQuery(timelineQuery(engine, customerId));
  // They stand above the timeline: coming after it they would push it down.
  void queryClient.prefetchQuery(runsQuery(engine, customerId));
  void queryClient.prefetchQuery(mergesQuery(engine, customerId));
}
