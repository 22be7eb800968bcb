'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { DeliveryView, OutboxPage } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';

export type Outbox = {
  deliveries: readonly DeliveryView[];
  /** The channels that nobody has configured and that messages were meant for. */
  unconfigured: OutboxPage['channels'];
  /** Messages that may have arrived once more than they should. */
  inDoubt: number;
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  more: (() => void) | null;
  retry: () => void;
  /** Shows a message as it is now. */
  put: (delivery: DeliveryView) => void;
};

/** Every message, newest first; states change by themselves. */
export function useOutbox(): Outbox {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: queryKeys.outbox,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.outbox.list.query(pageParam === undefined ? {} : { cursor: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const put = useCallback(
    (delivery: DeliveryView) => {
      queryClient.setQueryData<InfiniteData<OutboxPage>>(queryKeys.outbox, (data) =>
        withDelivery(data, delivery),
      );
    },
    [queryClient],
  );
  useLiveEvent('delivery:changed', put);
  const deliveries = useMemo(() => {
    const byId = new Map<string, DeliveryView>();
    for (const delivery of query.data?.pages.flatMap((page) => page.items) ?? []) {
      if (!byId.has(delivery.deliveryId)) byId.set(delivery.deliveryId, delivery);
    }
    return [...byId.values()];
  }, [query.data]);
  return {
    deliveries,
    unconfigured: unconfigured(query.data?.pages[0]?.channels ?? [], deliveries),
    inDoubt: query.data?.pages[0]?.inDoubt ?? 0,
    state: query.data !== undefined ? 'ready' : query.isError ? 'failed' : 'loading',
    error: query.error,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    retry: () => void query.refetch(),
    put,
  };
}

function unconfigured(
  channels: OutboxPage['channels'],
  deliveries: readonly DeliveryView[],
): OutboxPage['channels'] {
  const used = new Set(deliveries.map(({ channel }) => channel));
  return channels.filter(
    ({ channel, configured }) => !configured && (used.has(channel) || channel === 'email'),
  );
}

/** Puts a changed message where it is, a new one on top. */
function withDelivery(
  data: InfiniteData<OutboxPage> | undefined,
  delivery: DeliveryView,
): InfiniteData<OutboxPage> | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (data === undefined || first === undefined) return data;
  const known = data.pages.some((page) => page.items.some((item) => item.deliveryId === delivery.deliveryId));
  if (!known) return { ...data, pages: [{ ...first, items: [delivery, ...first.items] }, ...rest] };
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.deliveryId === delivery.deliveryId ? delivery : item)),
    })),
  };
}
