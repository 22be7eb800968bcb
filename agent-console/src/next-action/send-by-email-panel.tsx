'use client';

import { useMutation } from '@tanstack/react-query';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../design/button';
import { classNames } from '../design/class-names';
import float from '../design/float.module.css';
import { Link } from '../design/link';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { DeliveryView } from '../engine/engine-types';
import { useLiveEvent } from '../live/use-live';
import { deliveryMeaning, deliveryWords } from '../outbox/delivery-words';
import styles from './send-by-email.module.css';

type Props = {
  decisionId: string;
  actionId: string;
  /** The button it opens from. */
  children: React.ReactNode;
};

/** What sending means, the button that does it, and what became of it; open as soon as it is there. */
export function SendByEmailPanel({ decisionId, actionId, children }: Props): React.ReactNode {
  const { client } = useEngine();
  const send = useMutation({ mutationFn: () => client.delivery.send.mutate({ decisionId, actionId }) });
  const [newer, setNewer] = useState<DeliveryView | null>(null);
  useLiveEvent('delivery:changed', (changed) => {
    if (changed.decisionId === decisionId) setNewer(changed);
  });
  const sent = send.data?.delivery;
  // It goes out in the background: what became of it arrives after the answer, or even before it.
  const delivery = sent !== undefined && newer?.deliveryId === sent.deliveryId ? newer : sent;
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Send by e-mail"
          className={classNames(float.float, styles.panel)}
        >
          {delivery === undefined ? (
            <>
              <p className={styles.text}>
                Sends this suggestion’s own e-mail, as it stands in the catalogue. What you edited above is
                not in it.
              </p>
              {send.isError ? (
                <Notice meaning="act" announce>
                  {failureText(engineFailure(send.error))}
                </Notice>
              ) : null}
              <Button look="primary" size="small" disabled={send.isPending} onClick={() => send.mutate()}>
                {send.isPending ? 'Sending…' : 'Send by e-mail'}
              </Button>
            </>
          ) : (
            <>
              <Notice meaning={deliveryMeaning(delivery.state)} announce>
                {deliveryWords(delivery.state)}
                {delivery.detail === '' ? '' : `: ${delivery.detail}`}
              </Notice>
              <Link href="/outbox" className={styles.link}>
                See it in the outbox
              </Link>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
