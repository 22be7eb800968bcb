'use client';

import { useMemo } from 'react';
import { stringify } from 'yaml';
import { Button } from '../design/button';
import { classNames } from '../design/class-names';
import { Modal } from '../design/modal';
import { lineDiff } from './line-diff';
import styles from './overtaken.module.css';
import type { Overtaken } from './use-kept';

type Props = { overtaken: Overtaken<unknown>; by: string | null; onClose: () => void };

/** What was typed beside what is there now: the lines that differ, and which of both stays. */
export function CompareDialog({ overtaken, by, onClose }: Props): React.ReactNode {
  const { mine, theirs, keepMine, takeTheirs } = overtaken;
  const lines = useMemo(() => lineDiff(asText(mine), asText(theirs)), [mine, theirs]);
  const close = (choose: () => void) => () => {
    choose();
    onClose();
  };
  return (
    <Modal open onClose={onClose} title="Yours and theirs" width={720}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={styles.diff} aria-label="What differs" tabIndex={0}>
        {lines.map((line, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to be told apart by
            key={index}
            className={classNames(styles.line, line === null ? styles.gap : styles[line.side])}
          >
            <span className={styles.side}>
              {line === null ? '…' : line.side === 'mine' ? 'Yours' : line.side === 'theirs' ? 'Theirs' : ''}
            </span>
            <code>{line?.text}</code>
          </div>
        ))}
      </section>
      <div className={styles.foot}>
        <span className={styles.quiet}>{by === null ? '' : `Theirs is by ${by}.`}</span>
        <Button onClick={close(takeTheirs)}>Take theirs</Button>
        <Button look="primary" onClick={close(keepMine)}>
          Keep mine
        </Button>
      </div>
    </Modal>
  );
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : stringify(value, { lineWidth: 100 }).trimEnd();
}
