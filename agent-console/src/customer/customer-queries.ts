import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Engine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import type { LiveConnection } from '../live/live-connection';

const PAGE = 40;
const MOST_RUNS = 6;

type Source = Pick<Engine, 'client' | 'live'>;

/** Who a customer is and how they stand. */
export const customerQuery = ({ client, live }: Source, customerId: string) =>
  queryOptions({
    queryKey: queryKeys.customer(customerId),
    queryFn: ({ signal }) =>
      whileFollowing(live, customerId, () => client.customer.get.query({ customerId }, { signal })),
  });

/** What happened with a customer, newest first, page after page. */
export const timelineQuery = ({ client, live }: Source, customerId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.timeline(customerId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      whileFollowing(live, customerId, () =>
        client.customer.timeline.query(
          { customerId, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          { signal },
        ),
      ),
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

/** Reads only once nothing that happens meanwhile can be missed. */
async function whileFollowing<Answer>(
  live: LiveConnection,
  customerId: string,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const room = live.follow(customerId);
  try {
    await room.ready;
    return await read();
  } finally {
    room.stop();
  }
}
