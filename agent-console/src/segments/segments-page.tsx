'use client';

import { ChartPie, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Meter } from '../design/meter';
import { Skeleton } from '../design/skeleton';
import { percent } from '../journeys/journey-words';
import { numberWords } from '../number/number-words';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import { NewList } from './new-list';
import { SegmentEditor } from './segment-editor';
import styles from './segments-page.module.css';
import { Trend } from './trend';
import { useSegments } from './use-segments';

const BEGINNING = `field: features.orders_365d
op: gte
value: 3
`;

/** Every segment with its size and how it grew. */
export function SegmentsPage(): React.ReactNode {
  const segments = useSegments();
  const router = useRouter();
  const { permissions } = useSession();
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState(false);
  const mayWrite = permissions.includes('segments:write');
  const all = segments.data?.customers ?? 0;
  return (
    <main className={page.page} aria-busy={segments.isPending}>
      <div className={page.inner}>
        <header className={`${page.header} ${styles.header}`}>
          <div>
            <h1 className={page.title}>Segments</h1>
            <p className={page.lead}>
              Customers who fit a condition or are on a list, kept up with events at once and with time within
              six hours.
            </p>
          </div>
          {mayWrite && !adding && !naming ? (
            <span className={styles.actions}>
              <Button look="quiet" onClick={() => setNaming(true)}>
                <Plus size={14} />
                New list
              </Button>
              <Button onClick={() => setAdding(true)}>
                <Plus size={14} />
                New segment
              </Button>
            </span>
          ) : null}
        </header>
        {naming ? (
          <NewList
            onCancel={() => setNaming(false)}
            onSaved={(segmentId) => router.push(`/segments/${encodeURIComponent(segmentId)}`)}
          />
        ) : null}
        {adding ? (
          <SegmentEditor
            segment={{ segmentId: '', name: '', description: '', source: BEGINNING }}
            isNew
            onCancel={() => setAdding(false)}
            onSaved={(segmentId) => router.push(`/segments/${encodeURIComponent(segmentId)}`)}
          />
        ) : null}
        {segments.isError && segments.data === undefined ? (
          <Failure error={segments.error} what="The segments" onRetry={() => void segments.refetch()} />
        ) : null}
        {segments.isPending ? (
          <div aria-hidden="true">
            {['52%', '44%', '60%'].map((width) => (
              <div key={width} className={styles.row}>
                <Skeleton width={width} />
              </div>
            ))}
          </div>
        ) : null}
        {segments.data?.items.length === 0 && !adding ? (
          <Empty icon={<ChartPie size={20} strokeWidth={1.5} />} title="No segments yet">
            A segment names whoever fits a condition; policies and journeys can ask for it.
          </Empty>
        ) : null}
        <ul aria-label="Segments">
          {segments.data?.items.map(({ segmentId, name, description, size, trend }) => (
            <li key={segmentId} className={styles.row}>
              <span className={styles.names}>
                <Link href={`/segments/${encodeURIComponent(segmentId)}`} className={styles.link}>
                  {name}
                </Link>
                <span className={styles.about}>{description === '' ? segmentId : description}</span>
              </span>
              <span className={styles.size}>
                <strong>{numberWords(size)}</strong>
                <span className={styles.share}>
                  {all === 0 ? '' : `${percent(size / all)} of ${numberWords(all)} customers`}
                </span>
                <Meter value={all === 0 ? 0 : size / all} label={`${numberWords(size)} customers`} />
              </span>
              <Trend trend={trend} />
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
