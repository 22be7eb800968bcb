'use client';

import {
  type InfiniteData,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { CustomerView, TimelineItem, TimelinePage } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import type { LiveConnection } from '../live/live-connection';
import { useLiveEvent } from '../live/use-live';
import { mergeTimeline } from './merge-timeline';

const PAGE = 40;
/** How long something that came by itself stays marked, in milliseconds. */
const FRESH = 2000;

/** Follows a customer as long as the page is open, so that the engine tells what changes. */
export function useFollow(customerId: string): void {
  const { live } = useEngine();
  const queryClient = useQueryClient();
  useEffect(() => live.follow(customerId).stop, [live, customerId]);
  useLiveEvent('customer:changed', (change) => {
    if (change.customerId !== customerId) return;
    void queryClient.invalidateQueries({ queryKey: queryKeys.customer(customerId) });
  });
}

/** Who the customer is and how they stand. */
export function useCustomer(customerId: string): UseQueryResult<CustomerView> {
  const { client, live } = useEngine();
  return useQuery({
    queryKey: queryKeys.customer(customerId),
    queryFn: ({ signal }) =>
      whileFollowing(live, customerId, () => client.customer.get.query({ customerId }, { signal })),
  });
}

export type Timeline = {
  items: readonly TimelineItem[];
  /** What came by itself in the last two seconds. */
  fresh: ReadonlySet<string>;
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  more: (() => void) | null;
  loadingMore: boolean;
  retry: () => void;
};

/** What happened with the customer, newest first; new items arrive by themselves. */
export function useTimeline(customerId: string): Timeline {
  const { client, live } = useEngine();
  const queryClient = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const queryKey = queryKeys.timeline(customerId);
  const query = useInfiniteQuery({
    queryKey,
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

  useLiveEvent('customer:changed', (change) => {
    if (change.customerId !== customerId || change.items.length === 0) return;
    queryClient.setQueryData<InfiniteData<TimelinePage>>(queryKey, (data) => withItems(data, change.items));
    setFresh((before) => new Set([...before, ...change.items.map((item) => item.id)]));
  });
  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = setTimeout(() => setFresh(new Set()), FRESH);
    return () => clearTimeout(timer);
  }, [fresh]);

  const items = useMemo(() => mergeTimeline(query.data?.pages.map((page) => page.items) ?? []), [query.data]);
  return {
    items,
    fresh,
    state: query.data !== undefined ? 'ready' : query.isError ? 'failed' : 'loading',
    error: query.error,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    loadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
  };
}

function withItems(
  data: InfiniteData<TimelinePage> | undefined,
  items: readonly TimelineItem[],
): InfiniteData<TimelinePage> | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (data === undefined || first === undefined) return data;
  return { ...data, pages: [{ ...first, items: [...items, ...first.items] }, ...rest] };
}

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
