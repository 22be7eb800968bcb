'use client';

import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import type { ModelView } from '../engine/engine-types';
import styles from './models.module.css';
import { useChangeModel } from './use-models';

/** Brings the version that was in force before back, after asking. */
export function RollBack({ view }: { view: ModelView }): React.ReactNode {
  const [asking, setAsking] = useState(false);
  const change = useChangeModel(view.model);
  if (view.before === null) return null;
  const close = (): void => setAsking(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <Undo2 size={15} strokeWidth={1.8} />
        Roll back…
      </Button>
      <Modal
        open={asking}
        onClose={close}
        title={`Roll back to ${view.before}?`}
        description={`It was in force before ${view.inForce ?? ''} and serves again within a second. What ${view.inForce ?? ''} learned is kept with it.`}
      >
        {change.isError ? (
          <Notice meaning="act" announce>
            {failureText(engineFailure(change.error))}
          </Notice>
        ) : null}
        <div className={styles.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="primary"
            disabled={change.isPending}
            onClick={() => change.mutate({ kind: 'roll-back' }, { onSuccess: close })}
          >
            Roll back
          </Button>
        </div>
      </Modal>
    </>
  );
}
