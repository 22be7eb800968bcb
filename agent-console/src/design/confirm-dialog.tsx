'use client';

import { Button } from './button';
import { Modal } from './modal';
import rows from './rows.module.css';

type Props = {
  title: string;
  /** The verb on the button. */
  action: string;
  onClose: () => void;
  onConfirm: () => void;
  disabled?: boolean;
  children: React.ReactNode;
};

/** Asks once more before something that can't be taken back at once. */
export function ConfirmDialog({
  title,
  action,
  onClose,
  onConfirm,
  disabled = false,
  children,
}: Props): React.ReactNode {
  return (
    <Modal open title={title} onClose={onClose}>
      <div className={rows.note}>{children}</div>
      <div className={rows.formActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={disabled}
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}
