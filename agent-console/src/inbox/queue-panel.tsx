'use client';

import { useEffect, useRef } from 'react';
import styles from './queue-panel.module.css';

type Props = { label: string; onClose: () => void; children: React.ReactNode };

/** Lies over the queue under its heading, has the keys while it is open, and goes with Escape or a press beside it. */
export function QueuePanel({ label, onClose, children }: Props): React.ReactNode {
  const panel = useRef<HTMLDivElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    const first = '[aria-current], input[type="radio"]:checked';
    const place = panel.current;
    (place?.querySelector<HTMLElement>(first) ?? place?.querySelector<HTMLElement>('button, input'))?.focus();
    const onPointerDown = ({ target }: PointerEvent): void => {
      // The buttons of the heading open and close it themselves.
      if (target instanceof Node && panel.current?.parentElement?.contains(target) !== true) latest.current();
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, []);
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      // By this the keyboard knows that something has its keys.
      data-state="open"
      className={styles.panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
