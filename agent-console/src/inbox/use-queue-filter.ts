'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { InboxFilter } from '../engine/engine-types';
import { readStored, writeStored } from '../shell/stored-choice';
import { filterOf, searchOf, withFilter } from './inbox-filter';
import { beginName } from './inbox-queries';

export type QueueFilter = {
  readonly filter: InboxFilter;
  /** As it stands in the address; '' for everybody. */
  readonly search: string;
  readonly choose: (filter: InboxFilter) => void;
  /** What the queue begins with from now on; it is taken over at once where nothing was chosen yet. */
  readonly beginWith: (filter: InboxFilter) => void;
};

/**
 * The filter of the queue. It stands in the address of whatever page is beside the queue, so that it can be sent to a colleague
 * and outlives a reload; an address without one begins with the person's default view.
 */
export function useQueueFilter(agentId: string): QueueFilter {
  const stored = beginName(agentId);
  const told = useSearchParams().toString();
  const path = usePathname();
  const [search, setSearch] = useState(() => searchOf(filterOf(told)) || (readStored(stored) ?? ''));
  const chosen = useRef(searchOf(filterOf(told)) !== '');
  const current = useRef(search);
  current.current = search;

  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere is what it reacts to
  useEffect(() => {
    const there = searchOf(filterOf(window.location.search));
    if (there === current.current) return;
    // A link without a filter leads to another customer of the same queue; one with a filter means that.
    if (there === '') write(current.current);
    else setSearch(there);
  }, [told, path]);

  const choose = useCallback((filter: InboxFilter) => {
    chosen.current = true;
    const next = searchOf(filter);
    setSearch(next);
    write(next);
  }, []);
  const beginWith = useCallback(
    (filter: InboxFilter) => {
      const begin = searchOf(filter);
      if (begin === (readStored(stored) ?? '')) return;
      writeStored(stored, begin === '' ? null : begin);
      if (!chosen.current) {
        setSearch(begin);
        write(begin);
      }
    },
    [stored],
  );
  return useMemo(
    () => ({ filter: filterOf(search), search, choose, beginWith }),
    [search, choose, beginWith],
  );
}

function write(filter: string): void {
  const next = withFilter(window.location.search, filter);
  window.history.replaceState(null, '', next === '' ? window.location.pathname : `?${next}`);
}
