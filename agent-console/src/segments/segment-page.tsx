'use client';

import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Meter } from '../design/meter';
import { Skeleton } from '../design/skeleton';
import type { SegmentDetailView } from '../engine/engine-types';
import { shareText } from '../journeys/journey-words';
import { numberWords } from '../number/number-words';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { ListForm } from './list-form';
import { SegmentEditor } from './segment-editor';
import styles from './segment-page.module.css';
import { Trend } from './trend';
import { useMembers, useSegment } from './use-segments';

/** One segment: how many, how it grew, with which others it shares customers, and who is in it. */
export function SegmentPage({ segmentId }: { segmentId: string }): React.ReactNode {
  const segment = useSegment(segmentId);
  useTitle(segment.data?.name ?? 'Segment');
  return (
    <main className={page.page} aria-busy={segment.isPending}>
      <div className={page.inner}>
        <Link href="/segments" className={styles.back}>
          <ArrowLeft size={14} />
          Segments
        </Link>
        {segment.data === undefined ? (
          <>
            <h1 className={page.title}>Segment</h1>
            {segment.isError ? (
              <Failure error={segment.error} what="This segment" onRetry={() => void segment.refetch()} />
            ) : (
              <Skeleton height={240} radius={8} />
            )}
          </>
        ) : (
          <Segment segment={segment.data} />
        )}
      </div>
    </main>
  );
}

function Segment({ segment }: { segment: SegmentDetailView }): React.ReactNode {
  const { permissions } = useSession();
  const [editing, setEditing] = useState(false);
  const { segmentId, name, description, size, trend, source, overlaps, isList } = segment;
  return (
    <>
      <header className={`${page.header} ${styles.header}`}>
        <div>
          <h1 className={page.title}>{name}</h1>
          <p className={page.lead}>{description === '' ? segmentId : `${description} (${segmentId})`}</p>
        </div>
        {permissions.includes('segments:write') && !editing && !isList ? (
          <Button onClick={() => setEditing(true)}>Edit</Button>
        ) : null}
      </header>
      {editing ? (
        <SegmentEditor
          segment={{ segmentId, name, description, source }}
          onCancel={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      ) : (
        <div className={styles.columns}>
          <section aria-label="Size">
            <p className={styles.size}>
              {numberWords(size)} <span className={styles.aside}>customers</span>
            </p>
            <Trend trend={trend} width={220} height={48} />
          </section>
          {isList ? (
            <p className={page.lead}>A list: its customers are named one by one, not found by a condition.</p>
          ) : (
            <section aria-label="Condition">
              <pre className={styles.condition}>{source}</pre>
            </section>
          )}
        </div>
      )}
      {overlaps.length === 0 ? null : (
        <section className={page.section} aria-labelledby="overlap">
          <h2 id="overlap" className={page.sectionTitle}>
            Shares customers with
          </h2>
          <ul>
            {overlaps.map((other) => (
              <li key={other.segmentId} className={styles.overlap}>
                <Link href={`/segments/${encodeURIComponent(other.segmentId)}`} className={styles.link}>
                  {other.name}
                </Link>
                <Meter value={size === 0 ? 0 : other.both / size} label={`${other.both} in both`} />
                <span>
                  {shareText(other.both, size)}{' '}
                  <span className={styles.aside}>of its {numberWords(other.size)}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isList && permissions.includes('segments:write') ? (
        <section className={page.section} aria-label="Change the list">
          <ListForm segmentId={segmentId} />
        </section>
      ) : null}
      <Members segmentId={segmentId} />
    </>
  );
}

function Members({ segmentId }: { segmentId: string }): React.ReactNode {
  const members = useMembers(segmentId);
  const items = members.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <section className={page.section} aria-labelledby="members">
      <h2 id="members" className={page.sectionTitle}>
        Who is in it
      </h2>
      {members.data !== undefined && items.length === 0 ? <p className={page.lead}>Nobody now.</p> : null}
      <ul className={styles.members}>
        {items.map(({ customerId, displayName }) => (
          <li key={customerId}>
            <Link href={`/customers/${encodeURIComponent(customerId)}`} className={styles.link}>
              {displayName}
            </Link>
          </li>
        ))}
      </ul>
      {members.hasNextPage ? (
        <Button
          size="small"
          disabled={members.isFetchingNextPage}
          onClick={() => void members.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </section>
  );
}
