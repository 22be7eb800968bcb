'use client';

import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { NextActions } from '../next-action/next-actions';
import { useMay } from '../session/use-may';
import { usePanes } from '../shell/panes';
import { useTitle } from '../shell/use-title';
import { ComputedTraits } from './computed-traits';
import { CustomerFacts } from './customer-facts';
import { CustomerHeader } from './customer-header';
import { CustomerJourneys } from './customer-journeys';
import { CustomerMerges } from './customer-merges';
import styles from './customer-page.module.css';
import { CustomerSkeleton } from './customer-skeleton';
import { Health } from './health';
import { Standing } from './standing';
import { TimelineView } from './timeline-view';
import { useCustomer, useFollow } from './use-customer';

/** Everything about one customer, with what to do next beside it. */
export function CustomerPage({ customerId }: { customerId: string }): React.ReactNode {
  useFollow(customerId);
  const customer = useCustomer(customerId);
  const { pane } = usePanes();
  const mayAnswer = useMay('decisions:answer');
  const view = customer.data;
  useTitle(view?.displayName ?? 'Customer');

  return (
    <main className={styles.page} data-pane={pane}>
      <div className={styles.customer} aria-busy={view === undefined && !customer.isError}>
        {view === undefined ? (
          customer.isError ? (
            <>
              <h1 className="sr-only">Customer</h1>
              <Failure error={customer.error} what="This customer" onRetry={() => void customer.refetch()} />
            </>
          ) : (
            <CustomerSkeleton />
          )
        ) : (
          <>
            <CustomerHeader view={view} />
            <CustomerFacts view={view} />
            <div className={styles.columns}>
              <Health churn={view.churn} />
              <Standing view={view} />
            </div>
            <ComputedTraits traits={view.computedTraits} />
            <CustomerJourneys customerId={customerId} />
            <CustomerMerges customerId={customerId} customerName={view.displayName} />
            <TimelineView customerId={customerId} timeZone={view.timeZone} />
          </>
        )}
      </div>
      {mayAnswer ? (
        <NextActions
          customerId={customerId}
          customerName={view?.displayName ?? 'Customer'}
          currency={view?.summary.currency ?? null}
        />
      ) : (
        <section aria-label="Next action" className={styles.reading}>
          <Empty title="You see this customer to read">
            Suggestions are for those who talk to customers. Your role doesn’t answer them.
          </Empty>
        </section>
      )}
    </main>
  );
}
