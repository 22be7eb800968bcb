'use client';

import { useMutation } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { DeliveryView } from '../engine/engine-types';
import { useMay } from '../session/use-may';
import styles from './outbox-page.module.css';

type Props = { delivery: DeliveryView; onRetried: (delivery: DeliveryView) => void };

/** Puts a message that did not go out back into the outbox. Consent and limits are asked again, so it may be refused. */
export function RetryMessage({ delivery, onRetried }: Props): React.ReactNode {
  const { client } = useEngine();
  const may = useMay('outbox:retry');
  const retry = useMutation({
    mutationFn: () => client.outbox.retry.mutate({ deliveryId: delivery.deliveryId }),
    onSuccess: (answer) => onRetried(answer.delivery),
  });
  const isOver = delivery.state === 'failed' || delivery.state === 'skipped';
  if (!may || !isOver) return null;
  return (
    <div className={styles.retry}>
      <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate()}>
        <RotateCcw size={13} />
        {retry.isPending ? 'Trying…' : 'Try again'}
      </Button>
      {retry.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(retry.error))}
        </Notice>
      ) : null}
    </div>
  );
}
