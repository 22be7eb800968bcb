'use client';

import { Link } from '../../design/link';
import { Moment } from '../../time/moment';
import { useRuns } from '../use-journeys';
import styles from './step-customers.module.css';

/** Who is at a step now, the latest first. */
export function StepCustomers({ journeyId, stepId }: { journeyId: string; stepId: string }): React.ReactNode {
  const runs = useRuns({ journeyId, stepId, status: 'active' }, 10);
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Here now</h3>
      <ul>
        {items.map((run) => (
          <li key={run.runId} className={styles.run}>
            <Link href={`/customers/${encodeURIComponent(run.customerId)}`}>{run.displayName}</Link>
            <Moment at={run.startedAt} className={styles.at} suffix=" ago" />
          </li>
        ))}
      </ul>
      {runs.hasNextPage ? (
        <button type="button" className={styles.more} onClick={() => void runs.fetchNextPage()}>
          Show more
        </button>
      ) : null}
    </>
  );
}
