'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useEffect, useState } from 'react';
import { Avatar } from '../design/avatar';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import styles from './queue.module.css';
import { QueueSkeleton } from './queue-skeleton';

type Props = { text: string; onChosen: () => void };

/** Customers whose name or identity fits what is being typed. */
export function SearchResults({ text, onChosen }: Props): React.ReactNode {
  const { client } = useEngine();
  const router = useRouter();
  const wanted = useSettled(useDeferredValue(text));
  const query = useQuery({
    queryKey: queryKeys.search(wanted),
    queryFn: ({ signal }) => client.customer.search.query({ text: wanted }, { signal }),
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  const first = items[0]?.customerId;
  const current = wanted === text && query.data !== undefined && !query.isPlaceholderData;
  const [entered, setEntered] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const inField = event.target instanceof HTMLInputElement && event.target.type === 'search';
      if (event.key === 'Enter' && inField) setEntered(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  useEffect(() => {
    // Whoever presses Enter means what they typed, not what was found for the letters before.
    if (!entered || !current) return;
    setEntered(false);
    if (first === undefined) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    router.push(`/customers/${encodeURIComponent(first)}`);
    onChosen();
  }, [entered, current, first, onChosen, router]);

  return (
    <>
      <div className={styles.heading}>
        <h2 className={styles.title}>Search</h2>
        <span role="status" className={styles.count}>
          {query.data === undefined ? '' : items.length === 1 ? '1 customer' : `${items.length} customers`}
        </span>
      </div>
      <div className={styles.scroller}>
        {query.isPending ? <QueueSkeleton /> : null}
        {query.isError ? (
          <Failure error={query.error} what="The search" onRetry={() => void query.refetch()} />
        ) : null}
        {query.data !== undefined && items.length === 0 ? (
          <Empty title={`No customer fits “${text}”`}>
            Search by name, e-mail, or the id your shop uses.
          </Empty>
        ) : null}
        <ul>
          {items.map((item) => (
            <li key={item.customerId}>
              <Link
                href={`/customers/${encodeURIComponent(item.customerId)}`}
                className={styles.row}
                onClick={onChosen}
              >
                <Avatar name={item.displayName} />
                <span className={styles.main}>
                  <span className={styles.name}>{item.displayName}</span>
                  <span className={styles.why}>
                    <span className={styles.whyText}>{item.email ?? 'No e-mail known'}</span>
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

/** The text once it has not changed for a moment, so that not every letter is a question. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
