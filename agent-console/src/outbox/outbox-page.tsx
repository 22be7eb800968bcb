'use client';

import { ChevronRight, SendHorizontal } from 'lucide-react';
import { channelWords } from '../customer/standing';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import type { DeliveryView } from '../engine/engine-types';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { deliveryMeaning, deliveryWords } from './delivery-words';
import styles from './outbox-page.module.css';
import { RetryMessage } from './retry-message';
import { useOutbox } from './use-outbox';

/** Every message to a customer: what, to whom, and how far it got. */
export function OutboxPage(): React.ReactNode {
  const outbox = useOutbox();
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Outbox</h1>
          <p className={page.lead}>Messages to customers, newest first. States change by themselves.</p>
        </header>
        {outbox.unconfigured.map(({ channel, detail }) => (
          <Notice key={channel} meaning="watch" className={styles.notice}>
            {detail}
          </Notice>
        ))}
        {outbox.inDoubt === 0 ? null : (
          <Notice meaning="watch" className={styles.notice}>
            {outbox.inDoubt === 1 ? 'One message' : `${outbox.inDoubt} messages`} may have arrived once more
            than meant: the answer to an earlier try was lost. Each says so.
          </Notice>
        )}
        {outbox.state === 'loading' ? <OutboxSkeleton /> : null}
        {outbox.state === 'failed' ? (
          <Failure error={outbox.error} what="The outbox" onRetry={outbox.retry} />
        ) : null}
        {outbox.state === 'ready' && outbox.deliveries.length === 0 ? (
          <Empty icon={<SendHorizontal size={20} strokeWidth={1.5} />} title="No messages yet">
            Open a customer and choose “E-mail” under a suggestion: its message shows here.
          </Empty>
        ) : null}
        {outbox.deliveries.length === 0 ? null : (
          <ul className={styles.list}>
            {outbox.deliveries.map((delivery) => (
              <li key={delivery.deliveryId}>
                <Delivery delivery={delivery} onRetried={outbox.put} />
              </li>
            ))}
          </ul>
        )}
        {outbox.more === null ? null : (
          <Button size="small" onClick={outbox.more} className={styles.more}>
            Show older messages
          </Button>
        )}
      </div>
    </main>
  );
}

type DeliveryProps = { delivery: DeliveryView; onRetried: (delivery: DeliveryView) => void };

function Delivery({ delivery, onRetried }: DeliveryProps): React.ReactNode {
  return (
    <details className={styles.delivery}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.chevron} />
        <span className={styles.state}>
          <MeaningTag meaning={deliveryMeaning(delivery.state)}>{deliveryWords(delivery.state)}</MeaningTag>
        </span>
        <span className={styles.what}>
          <span className={styles.subject}>{delivery.subject === '' ? 'No subject' : delivery.subject}</span>
          <span className={styles.detail}>{delivery.detail}</span>
        </span>
        <span className={styles.who}>
          <span className={styles.name}>{delivery.displayName}</span>
          <span className={styles.detail}>{delivery.to}</span>
        </span>
        <Moment at={delivery.updatedAt} className={styles.at} />
      </summary>
      <div className={styles.body}>
        <p className={styles.text}>{delivery.text}</p>
        <RetryMessage delivery={delivery} onRetried={onRetried} />
        <p className={styles.links}>
          <span>{channelWords(delivery.channel)}</span>
          <Link href={`/customers/${encodeURIComponent(delivery.customerId)}`}>
            Open {delivery.displayName}
          </Link>
          {delivery.decisionId === null ? null : (
            <Link href={`/decisions/${encodeURIComponent(delivery.decisionId)}`}>The decision behind it</Link>
          )}
        </p>
      </div>
    </details>
  );
}

function OutboxSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true">
      {['52%', '44%', '60%', '48%'].map((width) => (
        <div key={width} className={styles.summary} style={{ minHeight: 60 }}>
          <Skeleton width="72px" height={22} radius={11} />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
