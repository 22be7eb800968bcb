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
  const age = now === 0 ? '' : relativeTime(Math.min(time, now), now);
  return (
    <time
      dateTime={at}
      className={className}
      // Written when somebody points at it: a page shows a hundred moments, and few are ever asked about.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = inFull(time, timeZone ?? null);
      }}
    >
      {age}
      {/^\d+ (?:min|h|d)$/.test(age) ? suffix : ''}
    </time>
  );
}

function inFull(time: number, timeZone: string | null): string {
  const theirs = timeZone === null ? null : clockIn(timeZone, time);
  return theirs === null ? absoluteTime(time) : `${absoluteTime(time)} (${theirs} for the customer)`;
}
