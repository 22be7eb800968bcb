'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { useEngine } from '../engine/engine-provider';
import { absoluteTime } from '../time/relative-time';
import styles from './connection-notice.module.css';
import { useLiveState } from './use-live';

/** A blink is not worth a word; after this long without a connection, in milliseconds, the page says so. */
const PATIENCE = 1500;

/** Says that the page no longer changes by itself, or that nothing can be read, since when, and what happens about it. */
export function ConnectionNotice(): React.ReactNode {
  const { live, trouble } = useEngine();
  const queryClient = useQueryClient();
  const { lostSince } = useLiveState();
  const unreadSince = useSyncExternalStore(trouble.subscribe, trouble.since, () => null);
  const since = lostSince ?? unreadSince;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (since === null) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), Math.max(0, since + PATIENCE - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  if (!shown || since === null) return null;
  const clock = absoluteTime(since).slice(-5);
  return (
    <div className={styles.place}>
      <Notice
        meaning="watch"
        announce
        className={styles.notice}
        action={
          <Button
            size="small"
            look="quiet"
            onClick={() => (lostSince === null ? void queryClient.invalidateQueries() : live.restart())}
          >
            Try now
          </Button>
        }
      >
        {lostSince === null
          ? `Segue could not read its data since ${clock}. What you see may be old, and what you typed stays; trying again…`
          : `Not live since ${clock}. What you see may be old, and what you typed stays; connecting again…`}
      </Notice>
    </div>
  );
}
