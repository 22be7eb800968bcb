'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, CircleCheck, ListFilter } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { hereWords, othersOf } from '../live/presence';
import { useViewers } from '../live/use-live';
import { numberWords } from '../number/number-words';
import { useDrawn } from '../time/use-drawn';
import styles from './queue.module.css';
import { QueueHeading } from './queue-heading';
import { QueueRow } from './queue-row';
import { QueueSkeleton } from './queue-skeleton';
import { useAssignKey } from './use-assign-key';
import { useHeldOrder } from './use-held-order';
import { useInbox } from './use-inbox';
import { useQueueFilter } from './use-queue-filter';
import { useQueueKeys } from './use-queue-keys';

const ROW = 56;

/** Whether none of the rows of the frame before are left: then the rows beyond the screen are gone before they are seen. */
function isFlung({ startIndex, endIndex }: Range, startBefore: number): boolean {
  return Math.abs(startIndex - startBefore) > endIndex - startIndex;
}

type Props = {
  selected: string | null;
  agentId: string;
  /** May act on customers, and so take them. */
  mayAnswer: boolean;
};

/** The queue itself: only what fits is in the page, whatever its length. */
export function QueueList({ selected, mayAnswer, agentId }: Props): React.ReactNode {
  const queueFilter = useQueueFilter(agentId);
  const { filter, search, choose } = queueFilter;
  const inbox = useInbox(filter);
  const viewers = useViewers();
  const { order, waiting, moved, letGo, holders } = useHeldOrder(inbox.order, { list: search });
  const router = useRouter();
  const open = useCallback((href: string) => router.push(href), [router]);
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useDrawn();
  const before = useRef(0);
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    // Rows beyond the screen wait until those on it are painted.
    overscan: drawn ? 4 : 0,
    rangeExtractor: (range) => {
      const flung = isFlung(range, before.current);
      before.current = range.startIndex;
      return defaultRangeExtractor(flung ? { ...range, overscan: 0 } : range);
    },
    // Rows are drawn at once, and not only after the place was measured.
    initialRect: { width: 320, height: 840 },
    getItemKey: (index) => order[index] ?? index,
  });
  const refresh = (): void => {
    letGo();
    scroller.current?.scrollTo({ top: 0 });
  };
  useQueueKeys({ order, selected, refresh, show: (index) => rows.scrollToIndex(index), list: scroller });
  useAssignKey({ selected, items: inbox.items, agentId, mayAnswer });
  // Another list begins at its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is what it reacts to
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [search]);

  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  const first = visible[0]?.index ?? 0;
  const { more, look } = inbox;
  useEffect(() => look(first, last), [first, last, look]);
  useEffect(() => {
    if (more !== null && last >= order.length - 15 && order.length > 0) more();
  }, [last, more, order.length]);

  return (
    <div className={styles.held} {...holders}>
      <QueueHeading queueFilter={queueFilter}>
        {waiting > 0 || moved ? (
          <button type="button" className={styles.pill} onClick={refresh}>
            <ArrowUp size={12} strokeWidth={2.2} />
            {waiting > 0 ? `${waiting} new` : 'Order changed'}
          </button>
        ) : (
          <span className={styles.count}>{inbox.state === 'ready' ? numberWords(inbox.total) : ''}</span>
        )}
      </QueueHeading>
      <div ref={scroller} className={styles.scroller}>
        {inbox.state === 'loading' ? <QueueSkeleton /> : null}
        {inbox.state === 'failed' ? (
          <Failure error={inbox.error} what="The queue" onRetry={inbox.retry} />
        ) : null}
        {inbox.state === 'ready' && order.length === 0 && search !== '' ? (
          <Empty
            icon={<ListFilter size={20} strokeWidth={1.5} />}
            title="Nobody fits the filter"
            action={
              <Button size="small" onClick={() => choose({})}>
                Show everybody
              </Button>
            }
          >
            Who comes to fit it appears here by themselves.
          </Empty>
        ) : null}
        {inbox.state === 'ready' && order.length === 0 && search === '' ? (
          <Empty icon={<CircleCheck size={20} strokeWidth={1.5} />} title="No one needs you right now">
            Customers appear here by themselves as their events come in.
          </Empty>
        ) : null}
        {order.length === 0 ? null : (
          <ul className={styles.list} style={{ height: rows.getTotalSize() }}>
            {visible.map((row) => {
              const customerId = order[row.index];
              const item = customerId === undefined ? undefined : inbox.items.get(customerId);
              if (customerId === undefined) return null;
              return (
                <li
                  key={row.key}
                  className={styles.place}
                  style={{ transform: `translateY(${row.start}px)` }}
                  aria-setsize={inbox.total}
                  aria-posinset={row.index + 1}
                >
                  <QueueRow
                    customerId={customerId}
                    item={item ?? null}
                    selected={customerId === selected}
                    onOpen={open}
                    search={search}
                    agentId={agentId}
                    here={hereWords(othersOf(viewers.get(customerId), agentId))}
                  />
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </div>
  );
}
