'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { INBOX_PAGE } from '../early/early-reads';
import { engineFailure, isPassing } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { InboxFilter, InboxItem } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';
import { useRefresh } from '../live/use-refresh';
import { searchOf } from './inbox-filter';
import { type InboxPages, pagesSeen, readPagesAgain } from './inbox-pages';

/** However busy the shop, the queue is read again at most this often, in milliseconds: hundreds of agents look at it. */
const READ_EVERY = 2000;
/** How long the list rests on rows that may be old before they are read again, in milliseconds. */
const REST = 150;
const NONE: InboxPages = [];

export type Inbox = {
  items: ReadonlyMap<string, InboxItem>;
  order: readonly string[];
  total: number;
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  more: (() => void) | null;
  retry: () => void;
  /** Tells which rows are on the screen: only these are read again when the queue changes. */
  look: (first: number, last: number) => void;
};

/** Customers who need someone now and fit the filter, by the value of acting; follows the engine by itself. */
export function useInbox(filter: InboxFilter): Inbox {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const asked = searchOf(filter);
  const queryKey = useMemo(() => queryKeys.inboxOf(asked), [asked]);
  const seen = useRef({ first: 0, last: 0 });
  const old = useRef<ReadonlySet<number>>(new Set());
  const [more, setMore] = useState<{ after: string; state: 'loading' | 'failed' } | null>(null);

  const query = useQuery<InboxPages>({
    queryKey,
    queryFn: async ({ signal }) => {
      const before = queryClient.getQueryData<InboxPages>(queryKey) ?? NONE;
      const wanted = pagesSeen(before, seen.current);
      const pages = await readPagesAgain(before, wanted, (cursor) =>
        client.inbox.list.query(
          { limit: INBOX_PAGE, filter, ...(cursor === undefined ? {} : { cursor }) },
          { signal },
        ),
      );
      old.current = new Set([...pages.keys()].filter((index) => !wanted.has(index)));
      // What was added at the end meanwhile stays.
      const now = queryClient.getQueryData<InboxPages>(queryKey) ?? NONE;
      return pages.at(-1)?.nextCursor === null ? pages : [...pages, ...now.slice(pages.length)];
    },
    // The whole queue stays as it was left; a filter that is left for long is asked for anew.
    gcTime: asked === '' ? Number.POSITIVE_INFINITY : 10 * 60_000,
  });
  const pages = query.data ?? NONE;

  const refresh = useRefresh(queryKey);
  const due = useRef<{ timer: ReturnType<typeof setTimeout> | null; last: number }>({ timer: null, last: 0 });
  const refreshIn = useCallback(
    (delay: number) => {
      due.current.timer ??= setTimeout(() => {
        due.current = { timer: null, last: Date.now() };
        refresh();
      }, delay);
    },
    [refresh],
  );
  useEffect(() => () => clearTimeout(due.current.timer ?? undefined), []);
  useLiveEvent('inbox:changed', () => {
    // A hidden page reads when it is looked at again.
    if (document.visibilityState === 'visible')
      refreshIn(Math.max(0, due.current.last + READ_EVERY - Date.now()));
    else void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
  });

  // Who took whom is told to every console: the row changes, the queue is not read again.
  useLiveEvent('assignment:changed', ({ customerId, assigned }) => {
    if (filter.assigned !== undefined) return refreshIn(REST);
    queryClient.setQueryData<InboxPages>(queryKey, (before) =>
      before?.map((page) => ({
        ...page,
        items: page.items.map((item) => (item.customerId === customerId ? { ...item, assigned } : item)),
      })),
    );
  });

  const look = useCallback(
    (first: number, last: number) => {
      seen.current = { first, last };
      const now = queryClient.getQueryData<InboxPages>(queryKey) ?? NONE;
      if ([...pagesSeen(now, seen.current)].some((index) => old.current.has(index))) refreshIn(REST);
    },
    [queryClient, queryKey, refreshIn],
  );

  const after = pages.at(-1)?.nextCursor ?? null;
  const readMore = async (cursor: string): Promise<void> => {
    setMore({ after: cursor, state: 'loading' });
    try {
      const page = await queryClient.fetchQuery({
        queryKey: [...queryKeys.inboxMore, asked, cursor],
        queryFn: ({ signal }) => client.inbox.list.query({ limit: INBOX_PAGE, filter, cursor }, { signal }),
        staleTime: 0,
        gcTime: 0,
      });
      queryClient.setQueryData<InboxPages>(queryKey, (before) =>
        before?.at(-1)?.nextCursor === cursor ? [...before, page] : before,
      );
      setMore(null);
    } catch (error) {
      // The engine is away, which the page says elsewhere: the next time the queue is read it goes on.
      setMore({ after: cursor, state: 'failed' });
      if (isPassing(engineFailure(error))) refreshIn(READ_EVERY);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment of an answer is what it reacts to
  useEffect(() => {
    setMore((before) => (before?.state === 'failed' ? null : before));
  }, [query.dataUpdatedAt]);

  const { items, order } = useMemo(() => {
    const found = new Map<string, InboxItem>();
    // The list may move between two pages; a customer counts where they were seen first.
    for (const page of pages)
      for (const item of page.items) if (!found.has(item.customerId)) found.set(item.customerId, item);
    return { items: found, order: [...found.keys()] };
  }, [pages]);

  return {
    items,
    order,
    total: pages[0]?.total ?? 0,
    state: query.data !== undefined ? 'ready' : query.isError ? 'failed' : 'loading',
    error: query.error,
    more: after === null || more !== null ? null : () => void readMore(after),
    retry: () => void query.refetch(),
    look,
  };
}
