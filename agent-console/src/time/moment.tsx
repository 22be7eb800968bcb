'use client';

import { absoluteTime, clockIn, relativeTime } from './relative-time';
import { useNow } from './use-now';

type Props = {
  at: string;
  /** The customer's zone, where it matters what their clock said. */
  timeZone?: string | null;
  className?: string | undefined;
  /** Follows an age, as ` ago`; a date or `now` stands alone. */
  suffix?: string;
};

/** A moment as an age, with the full date (and the customer's clock) on hover. */
export function Moment({ at, timeZone, className, suffix = '' }: Props): React.ReactNode {
  const now = useNow();
  const time = Date.parse(at);
  const theirs = timeZone ? clockIn(timeZone, time) : null;
  const title = theirs === null ? absoluteTime(time) : `${absoluteTime(time)} (${theirs} for the customer)`;
  const age = now === 0 ? '' : relativeTime(Math.min(time, now), now);
  return (
    <time dateTime={at} title={title} className={className}>
      {age}
      {/^\d+ (?:min|h|d)$/.test(age) ? suffix : ''}
    </time>
  );
}
