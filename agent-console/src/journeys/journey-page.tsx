'use client';

import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Segmented } from '../design/segmented';
import { Skeleton } from '../design/skeleton';
import type { JourneyDetailView } from '../engine/engine-types';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { JourneyMap } from './journey-map';
import { JourneyNumbers } from './journey-numbers';
import styles from './journey-page.module.css';
import { JourneyState } from './journey-state';
import { stateMeaning, stateWords } from './journey-words';
import { useJourney } from './use-journeys';

// What is behind a tab is fetched with the first look at it.
const loading = (): React.ReactNode => <Skeleton height={360} radius={8} />;
const JourneyEditor = dynamic(() => import('./editor/journey-editor').then((m) => m.JourneyEditor), {
  loading,
});
const JourneyRuns = dynamic(() => import('./journey-runs').then((m) => m.JourneyRuns), { loading });
const JourneyVersions = dynamic(() => import('./journey-versions').then((m) => m.JourneyVersions), {
  loading,
});
const PastEntries = dynamic(() => import('./past-entries').then((m) => m.PastEntries), { loading });
const TryJourney = dynamic(() => import('./try-journey').then((m) => m.TryJourney), { loading });

const TABS = [
  { value: 'map', label: 'Diagram' },
  { value: 'runs', label: 'Customers' },
  { value: 'try', label: 'Try it' },
  { value: 'past', label: 'Past' },
  { value: 'edit', label: 'Edit' },
  { value: 'versions', label: 'Versions' },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** One journey: where its customers are, who they are, its text, and what another would do. */
export function JourneyPage({ journeyId }: { journeyId: string }): React.ReactNode {
  const [version, setVersion] = useState<number | null>(null);
  const journey = useJourney(journeyId, version);
  useTitle(journey.data?.name ?? 'Journey');
  return (
    <main className={page.page} aria-busy={journey.isPending}>
      <div className={styles.inner}>
        <Link href="/journeys" className={styles.back}>
          <ArrowLeft size={14} />
          Journeys
        </Link>
        {journey.data === undefined ? (
          <>
            <h1 className={page.title}>Journey</h1>
            {journey.isError ? (
              <Failure error={journey.error} what="This journey" onRetry={() => void journey.refetch()} />
            ) : (
              <div aria-hidden="true" style={{ display: 'grid', gap: 16, marginTop: 16 }}>
                <Skeleton width="320px" />
                <Skeleton height={56} radius={8} />
                <Skeleton height={420} radius={8} />
              </div>
            )}
          </>
        ) : (
          <Journey journey={journey.data} onVersion={setVersion} />
        )}
      </div>
    </main>
  );
}

type Props = { journey: JourneyDetailView; onVersion: (version: number | null) => void };

function Journey({ journey, onVersion }: Props): React.ReactNode {
  const [tab, setTab] = useState<Tab>('map');
  const { permissions } = useSession();
  const mayPublish = permissions.includes('journeys:publish');
  const { journeyId, name, version, shown, state } = journey;
  return (
    <>
      <header className={styles.header}>
        <h1 className={page.title}>{name}</h1>
        {mayPublish ? (
          <JourneyState journeyId={journeyId} state={state} />
        ) : (
          <MeaningTag meaning={stateMeaning(state)}>{stateWords(state)}</MeaningTag>
        )}
        <p className={styles.about}>
          {journeyId}, version {version}
          {shown === version ? '' : `; you look at version ${shown}`}
        </p>
      </header>
      <JourneyNumbers journey={journey} />
      <div className={styles.tabs}>
        <Segmented label="What to see" value={tab} options={TABS} onChange={setTab} />
      </div>
      {tab === 'map' ? <JourneyMap journey={journey} /> : null}
      {tab === 'runs' ? <JourneyRuns journeyId={journeyId} failed={journey.counts.failed} /> : null}
      {tab === 'try' ? <TryJourney journeyId={journeyId} /> : null}
      {tab === 'past' ? <PastEntries journeyId={journeyId} /> : null}
      {tab === 'edit' ? (
        <JourneyEditor
          key={shown}
          journeyId={journeyId}
          text={journey.source}
          basedOn={version}
          publishedBy={journey.versions.find((each) => each.version === version)?.author ?? null}
          mayPublish={mayPublish}
          onPublished={() => {
            onVersion(null);
            setTab('map');
          }}
        />
      ) : null}
      {tab === 'versions' ? (
        <JourneyVersions
          journey={journey}
          onShow={(wanted) => {
            onVersion(wanted === version ? null : wanted);
            setTab('map');
          }}
        />
      ) : null}
    </>
  );
}
