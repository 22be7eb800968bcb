'use client';

import { useQuery } from '@tanstack/react-query';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { useEngine } from '../engine/engine-provider';
import type { RunSummaryView } from '../engine/engine-types';
import { outcomeWords } from '../journeys/journey-words';
import { useSession } from '../session/session-provider';
import { Moment } from '../time/moment';
import styles from './customer-journeys.module.css';
import { runsQuery } from './customer-queries';
import section from './section.module.css';

/** The journeys a customer is in, and the latest they were in; nothing where there were none. */
export function CustomerJourneys({ customerId }: { customerId: string }): React.ReactNode {
  const { permissions } = useSession();
  const runs = useQuery(runsQuery(useEngine(), customerId));
  const items = runs.data?.items ?? [];
  if (items.length === 0) return null;
  const mayOpen = permissions.includes('journeys:read');
  return (
    <section className={styles.section} aria-labelledby="journeys">
      <h2 id="journeys" className={section.heading}>
        Journeys
      </h2>
      <ul className={styles.runs}>
        {items.map((run) => (
          <li key={run.runId} className={styles.run}>
            {mayOpen ? (
              <Link href={`/journeys/${encodeURIComponent(run.journeyId)}`} className={styles.name}>
                {run.journeyName}
              </Link>
            ) : (
              <span className={styles.name}>{run.journeyName}</span>
            )}
            <span className={styles.where}>
              <Where run={run} />
            </span>
            <Moment at={run.startedAt} className={styles.at} suffix=" ago" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ run }: { run: RunSummaryView }): React.ReactNode {
  switch (run.status) {
    case 'active':
      return <MeaningTag meaning="neutral">at “{run.stepId}”</MeaningTag>;
    case 'failed':
      return <MeaningTag meaning="act">failed at “{run.stepId}”</MeaningTag>;
    case 'ended':
      return outcomeWords(run.outcome ?? '');
  }
}
