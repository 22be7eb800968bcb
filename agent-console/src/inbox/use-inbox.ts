'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { InboxItem } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';

const PAGE = 60;

export type Inbox = {
  items: ReadonlyMap<string, InboxItem>;
  order: readonly string[];
  total: number;
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  more: (() => void) | null;
  retry: () => void;
};

/** Customers who need someone now, by the value of acting; follows the engine by itself. */
export function useInbox(): Inbox {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: queryKeys.inbox,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.inbox.list.query(
        { limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

  useLiveEvent('inbox:changed', () => {
    // A hidden page reads when it is looked at again.
    const refetchType = document.visibilityState === 'visible' ? 'active' : 'none';
    void queryClient.invalidateQueries({ queryKey: queryKeys.inbox, refetchType });
  });

  const { items, order } = useMemo(() => {
    const found = new Map<string, InboxItem>();
    // The list may move between two pages; a customer counts where they were seen first.
    for (const item of query.data?.pages.flatMap((page) => page.items) ?? []) {
      if (!found.has(item.customerId)) found.set(item.customerId, item);
    }
    return { items: found, order: [...found.keys()] };
  }, [query.data]);

  return {
    items,
    order,
    total: query.data?.pages.at(-1)?.total ?? 0,
    state: query.data !== undefined ? 'ready' : query.isError ? 'failed' : 'loading',
    error: query.error,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    retry: () => void query.refetch(),
  };
}
