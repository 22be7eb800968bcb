'use client';

import { useQuery } from '@tanstack/react-query';
import { UserRoundX } from 'lucide-react';
import { useCustomer, useFollow } from '../customer/use-customer';
import { Avatar } from '../design/avatar';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { MeaningTag } from '../design/meaning';
import { Skeleton } from '../design/skeleton';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { bandMeaning, bandWords } from '../inbox/inbox-words';
import { NextActions } from '../next-action/next-actions';
import { useMay } from '../session/use-may';
import { Moment } from '../time/moment';
import styles from './embed-page.module.css';
import type { HostContext } from './host-context';

/** Whoever the help desk talks to, found by what it knows of them. */
export function EmbedCustomer({ context }: { context: HostContext }): React.ReactNode {
  const { client } = useEngine();
  const { references, name } = context;
  // Kept by what was asked: an answer that comes late belongs to the conversation it was asked for.
  const found = useQuery({
    queryKey: queryKeys.resolved(JSON.stringify(references)),
    queryFn: ({ signal }) => client.customer.resolve.query({ references: [...references] }, { signal }),
    enabled: references.length > 0,
  });
  const called = name ?? 'This contact';
  if (references.length === 0) {
    return (
      <Unknown title={`${called} has no identity here`}>
        The help desk knows no e-mail address, phone number or id of them. Add one there and they show here.
      </Unknown>
    );
  }
  if (found.data === undefined) {
    return found.isError ? (
      <Failure error={found.error} what="This customer" onRetry={() => void found.refetch()} />
    ) : (
      <div aria-hidden="true" className={styles.skeleton}>
        <Skeleton width="56%" />
        <Skeleton width="84%" />
        <Skeleton width="100%" height={120} />
      </div>
    );
  }
  if (found.data.customerId === null) {
    return (
      <Unknown title={`${called} is not known to Segue`}>
        They have done nothing in the shop under the identities the help desk knows.
      </Unknown>
    );
  }
  return <KnownCustomer key={found.data.customerId} customerId={found.data.customerId} />;
}

function Unknown({ title, children }: { title: string; children: React.ReactNode }): React.ReactNode {
  return (
    <Empty icon={<UserRoundX size={20} strokeWidth={1.5} />} title={title}>
      {children}
    </Empty>
  );
}

function KnownCustomer({ customerId }: { customerId: string }): React.ReactNode {
  useFollow(customerId);
  const { data: view } = useCustomer(customerId);
  const mayAnswer = useMay('decisions:answer');
  return (
    <>
      <header className={styles.who}>
        <Avatar name={view?.displayName ?? ''} size={28} />
        <div className={styles.text}>
          <p className={styles.name}>{view?.displayName ?? ' '}</p>
          {view === undefined ? null : (
            <p className={styles.line}>
              <span>
                Seen <Moment at={view.lastSeenAt} timeZone={view.timeZone} suffix=" ago" />
              </span>
              <a
                className={styles.open}
                href={`/customers/${encodeURIComponent(customerId)}`}
                target="_blank"
                rel="noopener"
              >
                Open in Segue
              </a>
            </p>
          )}
        </div>
        {view === undefined || view.churn === null ? null : (
          <MeaningTag meaning={bandMeaning(view.churn.band)}>{bandWords(view.churn.band)}</MeaningTag>
        )}
      </header>
      <div className={styles.column}>
        {mayAnswer ? (
          <NextActions
            customerId={customerId}
            customerName={view?.displayName ?? 'Customer'}
            currency={view?.summary.currency ?? null}
          />
        ) : (
          <Empty title="Suggestions are not part of your role">
            They are for those who talk to customers. An administrator can change your role.
          </Empty>
        )}
      </div>
    </>
  );
}
