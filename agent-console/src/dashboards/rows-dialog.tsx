'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Modal } from '../design/modal';
import { Skeleton } from '../design/skeleton';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { Moment } from '../time/moment';
import styles from './dashboards.module.css';
import type { MeasureEntry } from './measure-words';
import type { Asked } from './windows';

type Props = { measure: MeasureEntry['measure']['key']; name: string; asked: Asked; onClose: () => void };

/** The events behind a figure, the newest first. */
export function RowsDialog({ measure, name, asked, onClose }: Props): React.ReactNode {
  const { client } = useEngine();
  const { compareFrom, compareTo, against, ...window } = asked;
  const rows = useInfiniteQuery({
    queryKey: queryKeys.measureRows(measure, JSON.stringify(window)),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.measure.rows.query(
        { measure, ...window, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = rows.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <Modal
      open
      onClose={onClose}
      width={720}
      title={`Behind “${name}”`}
      description={
        against === undefined
          ? 'Events of the window, newest first.'
          : 'Events of the window, newest first, of both groups.'
      }
    >
      {rows.isPending ? <Skeleton height={200} /> : null}
      {rows.isError ? (
        <Failure error={rows.error} what="The rows" onRetry={() => void rows.refetch()} />
      ) : null}
      {rows.isSuccess && items.length === 0 ? <Empty title="No events in this window" /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard */}
      <section className={styles.list} aria-label="Events" tabIndex={0}>
        <ul>
          {items.map(({ eventId, customerId, at, event, detail }) => (
            <li key={eventId} className={styles.event}>
              <Link href={`/customers/${encodeURIComponent(customerId)}`}>{event}</Link>
              <span className={styles.quiet}>{detail}</span>
              <Moment at={at} className={styles.quiet} suffix=" ago" />
            </li>
          ))}
        </ul>
        {rows.hasNextPage ? (
          <Button size="small" onClick={() => void rows.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </section>
    </Modal>
  );
}
