'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { IconButton } from './button';
import styles from './modal.module.css';

type Props = {
  title: string;
  description?: string;
  open: boolean;
  /** Null: it can't be closed by hand. */
  onClose: (() => void) | null;
  children: React.ReactNode;
  width?: number;
};

/** A dialog over the page, which stays as it was underneath. */
export function Modal({ title, description, open, onClose, children, width = 440 }: Props): React.ReactNode {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose?.())}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content
          className={styles.modal}
          style={{ width }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            {onClose === null ? null : (
              <Dialog.Close asChild>
                <IconButton label="Close" size="small">
                  <X size={16} />
                </IconButton>
              </Dialog.Close>
            )}
          </header>
          {description === undefined ? null : (
            <Dialog.Description className={styles.description}>{description}</Dialog.Description>
          )}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
