'use client';

import { ArrowUp } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Segmented } from '../design/segmented';
import type { TimelineItem } from '../engine/engine-types';
import { useHeldOrder } from '../inbox/use-held-order';
import { dayHeading } from '../time/relative-time';
import { useDrawn } from '../time/use-drawn';
import { useNow } from '../time/use-now';
import { passes, type TimelineFilter } from './merge-timeline';
import { TimelineRow } from './timeline-row';
import { TimelineSkeleton } from './timeline-skeleton';
import styles from './timeline-view.module.css';
import { useTimeline } from './use-customer';

const FILTERS: ReadonlyArray<{ value: TimelineFilter; label: string }> = [
  { value: 'all', label: 'All' },
  { value: 'event', label: 'Events' },
  { value: 'decision', label: 'Decisions' },
  { value: 'delivery', label: 'Messages' },
];

/** Rows that fill what the page's other parts leave of a large screen. */
const AT_FIRST = 12;

type Props = { customerId: string; timeZone: string | null };

/** What happened, by day, newest first, as far back as anyone scrolls. */
export function TimelineView({ customerId, timeZone }: Props): React.ReactNode {
  const timeline = useTimeline(customerId);
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const now = useNow();
  const byId = useMemo(() => new Map(timeline.items.map((item) => [item.id, item])), [timeline.items]);
  const newest = useMemo(
    () => timeline.items.filter((item) => passes(item, filter)).map((item) => item.id),
    [timeline.items, filter],
  );
  const { order, waiting, letGo, holders } = useHeldOrder(newest, { list: filter, targets: 'a, button' });
  // What is below the screen is drawn once what is on it is painted.
  const drawn = useDrawn();
  const days = useMemo(
    () => byDay(drawn ? order : order.slice(0, AT_FIRST), byId, now),
    [drawn, order, byId, now],
  );

  return (
    <section aria-labelledby="timeline" className={styles.timeline} {...holders}>
      <header className={styles.header}>
        <h2 id="timeline" className={styles.title}>
          Timeline
        </h2>
        {waiting > 0 ? (
          <button type="button" className={styles.pill} onClick={letGo}>
            <ArrowUp size={12} strokeWidth={2.2} />
            {waiting} new
          </button>
        ) : null}
        <Segmented label="Show" value={filter} options={FILTERS} onChange={setFilter} />
      </header>
      <div>
        {timeline.state === 'loading' ? <TimelineSkeleton /> : null}
        {timeline.state === 'failed' ? (
          <Failure error={timeline.error} what="The timeline" onRetry={timeline.retry} />
        ) : null}
        {days.map((day) => (
          <section key={day.heading} className={styles.day} aria-label={day.heading}>
            <h3 className={styles.dayHeading}>{day.heading}</h3>
            <ol>
              {day.items.map((item) => (
                <TimelineRow
                  key={item.id}
                  item={item}
                  fresh={timeline.fresh.has(item.id)}
                  timeZone={timeZone}
                />
              ))}
            </ol>
          </section>
        ))}
        {timeline.state === 'ready' &&
        order.length === 0 &&
        timeline.more === null &&
        !timeline.loadingMore ? (
          <NothingYet filter={filter} />
        ) : null}
        {timeline.loadingMore ? <TimelineSkeleton rows={3} /> : null}
        {drawn ? <Sentinel onSeen={timeline.more} /> : null}
      </div>
    </section>
  );
}

function NothingYet({ filter }: { filter: TimelineFilter }): React.ReactNode {
  return filter === 'all' ? (
    <Empty title="Nothing happened yet">
      Events show here as they come in, for example from <code>POST /v1/track</code>.
    </Empty>
  ) : (
    <Empty title="None of these so far">Choose “All” to see everything that happened.</Empty>
  );
}

/** Asks for more once the end of what is loaded comes near. */
function Sentinel({ onSeen }: { onSeen: (() => void) | null }): React.ReactNode {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (onSeen === null || element.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onSeen();
      },
      { rootMargin: '600px 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return <div ref={element} className={styles.sentinel} />;
}

function byDay(
  order: readonly string[],
  byId: ReadonlyMap<string, TimelineItem>,
  now: number,
): { heading: string; items: TimelineItem[] }[] {
  const days: { heading: string; items: TimelineItem[] }[] = [];
  for (const id of order) {
    const item = byId.get(id);
    if (item === undefined) continue;
    const heading = dayHeading(Date.parse(item.at), now);
    const day = days.at(-1);
    if (day?.heading === heading) day.items.push(item);
    else days.push({ heading, items: [item] });
  }
  return days;
}
