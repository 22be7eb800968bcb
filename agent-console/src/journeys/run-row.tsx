'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { RunSummaryView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { Moment } from '../time/moment';
import { absoluteTime } from '../time/relative-time';
import { runMeaning, runWords } from './journey-words';
import styles from './run-row.module.css';
import { useJourneyChange } from './use-journeys';

type Props = { run: RunSummaryView; maySteer: boolean };

/** One customer in a journey: where they are; opened, where they were and why. */
export function RunRow({ run, maySteer }: Props): React.ReactNode {
  const { client } = useEngine();
  const [open, setOpen] = useState(false);
  const retry = useJourneyChange(() => client.journey.retry.mutate({ runId: run.runId }));
  const stop = useJourneyChange(() => client.journey.stop.mutate({ runId: run.runId }));
  const problem = retry.error ?? stop.error;
  return (
    <details className={styles.run} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.chevron} />
        <span className={styles.name}>{run.displayName}</span>
        <span className={styles.where}>
          <MeaningTag meaning={runMeaning(run)}>{runWords(run)}</MeaningTag>
          {run.status === 'failed' ? <span className={styles.reason}>{run.outcome}</span> : null}
        </span>
        <span className={styles.key}>{run.entryKey}</span>
        <Moment at={run.startedAt} className={styles.at} suffix=" ago" />
      </summary>
      <div className={styles.body}>
        {open ? <Trail runId={run.runId} /> : null}
        <p className={styles.links}>
          <Link href={`/customers/${encodeURIComponent(run.customerId)}`}>Open {run.displayName}</Link>
          {run.dueAt === null ? null : (
            <span>Goes on {absoluteTime(Date.parse(run.dueAt))} at the latest</span>
          )}
          {maySteer && run.status === 'failed' ? (
            <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate(undefined)}>
              Try again
            </Button>
          ) : null}
          {maySteer && run.status !== 'ended' ? (
            <Button
              size="small"
              look="quiet"
              disabled={stop.isPending}
              onClick={() => stop.mutate(undefined)}
            >
              End this run
            </Button>
          ) : null}
          {problem === null ? null : <span role="alert">{failureText(engineFailure(problem))}</span>}
        </p>
      </div>
    </details>
  );
}

function Trail({ runId }: { runId: string }): React.ReactNode {
  const { client } = useEngine();
  const run = useQuery({
    queryKey: queryKeys.runs({ runId }),
    queryFn: ({ signal }) => client.journey.run.query({ runId }, { signal }),
  });
  if (run.data === undefined)
    return <p className={styles.where}>{run.isError ? failureText(engineFailure(run.error)) : 'Reads …'}</p>;
  return (
    <ol>
      {run.data.trail.map(({ at, stepId, note }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step may come again at the same time; its place is its name
        <li key={index} className={styles.entry}>
          <time dateTime={at}>{absoluteTime(Date.parse(at))}</time>
          <span className={styles.step}>{stepId}</span>
          <span>{note}</span>
        </li>
      ))}
    </ol>
  );
}
