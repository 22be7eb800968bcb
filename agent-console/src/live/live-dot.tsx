'use client';

import { Tip } from '../design/tip';
import styles from './live-dot.module.css';
import { useLiveState } from './use-live';

const WORDS = {
  live: 'Live: changes show by themselves',
  connecting: 'Connecting…',
  lost: 'Not live: trying to connect',
} as const;

/** Whether this page changes by itself, as a dot with a tip. */
export function LiveDot(): React.ReactNode {
  const { state } = useLiveState();
  return (
    <Tip text={WORDS[state]} side="right">
      <button type="button" className={styles.dot} data-state={state} aria-label={WORDS[state]}>
        <span />
      </button>
    </Tip>
  );
}
