'use client';

import { Tooltip } from 'radix-ui';
import styles from './tip.module.css';

/** Lets tips open at once after the first; stands around the whole console. */
export function TipProvider({ children }: { children: React.ReactNode }): React.ReactNode {
  return (
    <Tooltip.Provider delayDuration={250} skipDelayDuration={400}>
      {children}
    </Tooltip.Provider>
  );
}

type Props = { text: React.ReactNode; children: React.ReactNode; side?: 'top' | 'right' | 'bottom' | 'left' };

/** A short text that shows on hover and on focus of its child, which must be able to take focus. */
export function Tip({ text, children, side = 'top' }: Props): React.ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content side={side} sideOffset={6} collisionPadding={8} className={styles.tip}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
