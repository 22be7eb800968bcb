import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { isEarly } from '../early/early-link';
import { type EarlyRead, MOST_RUNS, TIMELINE_START } from '../early/early-reads';
import type { Engine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';

const TIMELINE_MORE = 40;

type Source = Pick<Engine, 'client' | 'live' | 'early'>;

/** Who a customer is and how they stand. */
export const customerQuery = (source: Source, customerId: string) =>
  queryOptions({
    queryKey: queryKeys.customer(customerId),
    queryFn: ({ signal }) => {
      const read = { path: 'customer.get', input: { customerId } };
      return whileFollowing(source, { customerId, read }, () =>
        source.client.customer.get.query({ customerId }, { signal }),
      );
    },
  });

/** What happened with a customer, newest first, page after page. */
export const timelineQuery = (source: Source, customerId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.timeline(customerId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const input = {
        customerId,
        ...(pageParam === undefined
          ? { limit: TIMELINE_START }
          : { limit: TIMELINE_MORE, cursor: pageParam }),
      };
      return whileFollowing(source, { customerId, read: { path: 'customer.timeline', input } }, () =>
        source.client.customer.timeline.query(input, { signal }),
      );
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The journeys a customer is in, and the latest they were in. */
export const runsQuery = ({ client }: Source, customerId: string) =>
  queryOptions({
    queryKey: queryKeys.customerRuns(customerId),
    queryFn: ({ signal }) => client.customer.runs.query({ customerId, limit: MOST_RUNS }, { signal }),
  });

/** Who became part of a customer, and who else claims an identity of theirs. */
export const mergesQuery = ({ client }: Source, customerId: string) =>
  queryOptions({
    queryKey: queryKeys.customerMerges(customerId),
    queryFn: ({ signal }) => client.customer.merges.query({ customerId }, { signal }),
  });

/**
 * Reads only once nothing that happens meanwhile can be missed. What was asked for when the page began is taken as it is:
 * `readAhead` has it read again.
 */
async function whileFollowing<Answer>(
  { live, early }: Source,
  { customerId, read }: { readonly customerId: string; readonly read: EarlyRead },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  if (isEarly(early, read)) return ask();
  const room = live.follow(customerId);
  try {
    await room.ready;
    return await ask();
  } finally {
    room.stop();
  }
}
