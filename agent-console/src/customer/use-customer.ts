'use client';

import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { CustomerView, TimelineItem } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';
import { useRefresh } from '../live/use-refresh';
import { customerQuery, timelineQuery } from './customer-queries';
import { mergeTimeline } from './merge-timeline';

/** How long something that came by itself stays marked, in milliseconds. */
const FRESH = 2000;

/** Follows a customer as long as the page is open, so that the engine tells what changes. */
export function useFollow(customerId: string): void {
  const { live } = useEngine();
  const refresh = useRefresh(queryKeys.customer(customerId));
  useEffect(() => live.follow(customerId).stop, [live, customerId]);
  useLiveEvent('customer:changed', (change) => {
    if (change.customerId === customerId) refresh();
  });
}

/** Who the customer is and how they stand. */
export function useCustomer(customerId: string): UseQueryResult<CustomerView> {
  return useQuery(customerQuery(useEngine(), customerId));
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
  const [pushed, setPushed] = useState<readonly TimelineItem[]>([]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery(timelineQuery(useEngine(), customerId));

  useLiveEvent('customer:changed', (change) => {
    if (change.customerId !== customerId || change.items.length === 0) return;
    // Kept beside the pages: a page that is being read may have been written before this came.
    setPushed((before) => [...change.items, ...before]);
    setFresh((before) => new Set([...before, ...change.items.map((item) => item.id)]));
  });
  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = setTimeout(() => setFresh(new Set()), FRESH);
    return () => clearTimeout(timer);
  }, [fresh]);

  const items = useMemo(
    () => mergeTimeline([pushed, ...(query.data?.pages.map((page) => page.items) ?? [])]),
    [pushed, query.data],
  );
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
