'use client';

import { Plus, Waypoints } from 'lucide-react';
import { ButtonLink } from '../design/button-link';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningMark, MeaningTag } from '../design/meaning';
import { Skeleton } from '../design/skeleton';
import type { JourneySummaryView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import { shareText, stateMeaning, stateWords, troubleOf } from './journey-words';
import styles from './journeys-page.module.css';
import { Playbooks } from './playbooks';
import { useJourneys } from './use-journeys';

/** Every journey, with how it is doing at a glance. */
export function JourneysPage(): React.ReactNode {
  const journeys = useJourneys();
  const { permissions } = useSession();
  const mayPublish = permissions.includes('journeys:publish');
  return (
    <main className={page.page} aria-busy={journeys.isPending}>
      <div className={page.inner}>
        <header className={`${page.header} ${styles.header}`}>
          <div>
            <h1 className={page.title}>Journeys</h1>
            <p className={page.lead}>What customers are accompanied through. Counts follow by themselves.</p>
          </div>
          {mayPublish ? (
            <ButtonLink href="/journeys/new">
              <Plus size={14} />
              New journey
            </ButtonLink>
          ) : null}
        </header>
        {journeys.isError && journeys.data === undefined ? (
          <Failure error={journeys.error} what="The journeys" onRetry={() => void journeys.refetch()} />
        ) : null}
        {journeys.isPending ? <ListSkeleton /> : null}
        {journeys.data?.length === 0 ? (
          <Empty icon={<Waypoints size={20} strokeWidth={1.5} />} title="No journeys yet">
            Install one of the playbooks below, or write one of your own.
          </Empty>
        ) : null}
        {journeys.data === undefined || journeys.data.length === 0 ? null : (
          <>
            <div aria-hidden="true" className={styles.head}>
              <span>Journey</span>
              <span className={styles.number}>Under way</span>
              <span className={styles.number}>Entered, 7 days</span>
              <span className={styles.number}>Reached goal</span>
              <span>Needs a look</span>
            </div>
            <ul aria-label="Journeys">
              {journeys.data.map((journey) => (
                <li key={journey.journeyId}>
                  <JourneyRow journey={journey} />
                </li>
              ))}
            </ul>
          </>
        )}
        <Playbooks mayInstall={mayPublish} />
      </div>
    </main>
  );
}

function JourneyRow({ journey }: { journey: JourneySummaryView }): React.ReactNode {
  const { journeyId, name, version, state, counts } = journey;
  const trouble = troubleOf(journey);
  return (
    <div className={styles.row}>
      <span className={styles.name}>
        <span>
          <MeaningTag meaning={stateMeaning(state)}>{stateWords(state)}</MeaningTag>
        </span>
        <span className={styles.names}>
          <Link href={`/journeys/${encodeURIComponent(journeyId)}`} className={styles.link}>
            {name}
          </Link>
          <span className={styles.id}>
            {journeyId}, version {version}
          </span>
        </span>
      </span>
      <span className={styles.number}>
        <span className={styles.label}>Under way </span>
        {numberWords(counts.active)}
      </span>
      <span className={styles.number}>
        <span className={styles.label}>Entered, 7 days </span>
        {numberWords(counts.enteredThisWeek)}
      </span>
      <span className={styles.number} title={`Of ${numberWords(counts.entered)} that ever entered`}>
        <span className={styles.label}>Reached goal </span>
        {shareText(counts.reachedGoal, counts.entered)}
      </span>
      <span className={styles.trouble}>
        {trouble === '' ? (
          <span className={styles.fine}>–</span>
        ) : (
          <>
            <MeaningMark meaning={counts.failed > 0 ? 'act' : 'watch'} />
            {trouble}
          </>
        )}
      </span>
    </div>
  );
}

function ListSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true">
      {['52%', '44%', '60%', '48%'].map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
