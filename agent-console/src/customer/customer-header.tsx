'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Avatar } from '../design/avatar';
import { MeaningTag } from '../design/meaning';
import { useCopy } from '../design/use-copy';
import type { CustomerView } from '../engine/engine-types';
import { bandMeaning, bandWords } from '../inbox/inbox-words';
import { Moment } from '../time/moment';
import { useNow } from '../time/use-now';
import { utcClockWords } from '../time/wall-time';
import { CustomerCare } from './customer-care';
import styles from './customer-header.module.css';

/** Who they are, in two lines. */
export function CustomerHeader({ view }: { view: CustomerView }): React.ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  // Who came by keyboard goes on here, and the queue they left is free to move.
  useEffect(() => {
    if (document.activeElement?.hasAttribute('data-customer'))
      heading.current?.focus({ preventScroll: true });
  }, []);
  const email = view.identities.find((identity) => identity.kind === 'email')?.value;
  return (
    <header className={styles.header}>
      <Avatar name={view.displayName} size={40} />
      <div className={styles.who}>
        <h1 ref={heading} className={styles.name} tabIndex={-1}>
          {view.displayName}
        </h1>
        <p className={styles.line}>
          {email === undefined ? null : <CopyableText text={email} />}
          <span>
            Seen <Moment at={view.lastSeenAt} timeZone={view.timeZone} suffix=" ago" />
          </span>
          <LocalTime timeZone={view.timeZone} utcOffsetMinutes={view.utcOffsetMinutes} />
        </p>
      </div>
      {view.churn === null ? null : (
        <MeaningTag meaning={bandMeaning(view.churn.band)}>{bandWords(view.churn.band)}</MeaningTag>
      )}
      <CustomerCare customerId={view.customerId} />
    </header>
  );
}

function CopyableText({ text }: { text: string }): React.ReactNode {
  const { copied, copy } = useCopy();
  return (
    <button type="button" title="Copy" className={styles.copy} onClick={() => copy(text)}>
      <span className={styles.copyText}>{text}</span>
      {copied ? <Check size={12} /> : <Copy size={12} className={styles.copyIcon} />}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}

/** The clock on their wall. */
function LocalTime({
  timeZone,
  utcOffsetMinutes,
}: Pick<CustomerView, 'timeZone' | 'utcOffsetMinutes'>): React.ReactNode {
  const now = useNow();
  if (timeZone === null || utcOffsetMinutes === null || now === 0) return null;
  return (
    <span title={timeZone}>
      {utcClockWords(new Date(now + utcOffsetMinutes * 60_000))} in{' '}
      {timeZone.split('/').at(-1)?.replaceAll('_', ' ')}
    </span>
  );
}
