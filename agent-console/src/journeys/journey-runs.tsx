'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Notice } from '../design/notice';
import { Segmented } from '../design/segmented';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { numberWords } from '../number/number-words';
import { useSession } from '../session/session-provider';
import styles from './journey-runs.module.css';
import { RunRow } from './run-row';
import { useJourneyChange, useRuns } from './use-journeys';

const STATES = [
  { value: 'active', label: 'Under way' },
  { value: 'ended', label: 'Over' },
  { value: 'failed', label: 'Failed' },
] as const;
type Wanted = (typeof STATES)[number]['value'];

/** Who is or was in a journey; the failed ones can be tried again. */
export function JourneyRuns({ journeyId, failed }: { journeyId: string; failed: number }): React.ReactNode {
  const [status, setStatus] = useState<Wanted>(failed > 0 ? 'failed' : 'active');
  const { client } = useEngine();
  const { permissions } = useSession();
  const maySteer = permissions.includes('journeys:write');
  const runs = useRuns({ journeyId, status });
  const retryAll = useJourneyChange(() => client.journey.retryFailed.mutate({ journeyId }));
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Customers in this journey">
      <div className={styles.head}>
        <Segmented label="Which runs" value={status} options={STATES} onChange={setStatus} />
        {status === 'failed' && items.length > 0 && maySteer ? (
          <Button size="small" disabled={retryAll.isPending} onClick={() => retryAll.mutate(undefined)}>
            Try all {numberWords(failed)} again
          </Button>
        ) : null}
      </div>
      {retryAll.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(retryAll.error))}
        </Notice>
      ) : null}
      {runs.isError && runs.data === undefined ? (
        <Failure error={runs.error} what="The customers" onRetry={() => void runs.refetch()} />
      ) : null}
      {runs.data !== undefined && items.length === 0 ? (
        <Empty title={status === 'failed' ? 'Nothing failed' : 'Nobody'}>
          {status === 'active' ? 'Nobody is under way now.' : null}
        </Empty>
      ) : null}
      <ul className={styles.list}>
        {items.map((run) => (
          <li key={run.runId}>
            <RunRow run={run} maySteer={maySteer} />
          </li>
        ))}
      </ul>
      {runs.hasNextPage ? (
        <Button size="small" disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          Show older ones
        </Button>
      ) : null}
    </section>
  );
}
