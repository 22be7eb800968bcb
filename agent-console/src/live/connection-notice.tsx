'use client';

import { useEffect, useState } from 'react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { useEngine } from '../engine/engine-provider';
import { absoluteTime } from '../time/relative-time';
import styles from './connection-notice.module.css';
import { useLiveState } from './use-live';

/** A blink is not worth a word; after this long without a connection, in milliseconds, the page says so. */
const PATIENCE = 1500;

/** Says that the page no longer changes by itself, since when, and what happens about it. */
export function ConnectionNotice(): React.ReactNode {
  const { live } = useEngine();
  const { lostSince } = useLiveState();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (lostSince === null) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), Math.max(0, lostSince + PATIENCE - Date.now()));
    return () => clearTimeout(timer);
  }, [lostSince]);
  if (!shown || lostSince === null) return null;
  return (
    <div className={styles.place}>
      <Notice
        meaning="watch"
        announce
        className={styles.notice}
        action={
          <Button size="small" look="quiet" onClick={live.restart}>
            Try now
          </Button>
        }
      >
        Not live since {absoluteTime(lostSince).slice(-5)}. What you see may be old; connecting again…
      </Notice>
    </div>
  );
}
