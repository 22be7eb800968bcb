import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Engine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import type { LiveConnection } from '../live/live-connection';

const PAGE = 40;

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
