'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Link } from '../design/link';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { ReplayView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { numberWords } from '../number/number-words';
import { absoluteTime } from '../time/relative-time';
import styles from './past-entries.module.css';

const DAY_MS = 86_400_000;
const ASK_EVERY_MS = 700;

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Who would have entered in a stretch of the past, by the events of then. */
export function PastEntries({ journeyId }: { journeyId: string }): React.ReactNode {
  const { client } = useEngine();
  const [days, setDays] = useState(() => {
    const now = Date.now();
    return { from: dayText(now - 30 * DAY_MS), to: dayText(now + DAY_MS) };
  });
  const start = useMutation({
    mutationFn: () =>
      client.journey.startReplay.mutate({
        journeyId,
        from: `${days.from}T00:00:00.000Z`,
        to: `${days.to}T00:00:00.000Z`,
      }),
  });
  const replayId = start.data?.replayId ?? '';
  const replay = useQuery({
    queryKey: queryKeys.replay(replayId),
    queryFn: ({ signal }) => client.journey.replay.query({ replayId }, { signal }),
    enabled: replayId !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
  });
  const view = replay.data ?? start.data;
  const running = start.isPending || view?.state === 'running';
  const valid = days.from !== '' && days.to > days.from;
  const failed = start.error ?? replay.error;
  return (
    <section className={styles.past} aria-label="Who would have entered">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (valid && !running) start.mutate();
        }}
      >
        <Field
          label="From"
          type="date"
          value={days.from}
          onChange={(event) => setDays({ ...days, from: event.target.value })}
        />
        <Field
          label="Until, not included"
          type="date"
          value={days.to}
          onChange={(event) => setDays({ ...days, to: event.target.value })}
        />
        <Button type="submit" disabled={!valid || running}>
          Who would have entered?
        </Button>
        {running && replayId !== '' ? (
          <Button look="quiet" onClick={() => void client.journey.stopReplay.mutate({ replayId })}>
            Stop
          </Button>
        ) : null}
      </form>
      {failed === null ? null : (
        <Notice meaning="act" announce>
          {failureText(engineFailure(failed))}
        </Notice>
      )}
      {view === undefined ? (
        <p className={styles.lead}>
          Goes through every customer’s events in order, with their profile as it was then. Nothing is
          written.
        </p>
      ) : (
        <Replay view={view} />
      )}
    </section>
  );
}

function Replay({ view }: { view: ReplayView }): React.ReactNode {
  const { state, progress, result } = view;
  if (state === 'running') {
    return (
      <p role="status" className={styles.lead}>
        {`${numberWords(progress.done)} of ${numberWords(progress.of)} customers`}
        <progress
          value={progress.done}
          max={Math.max(1, progress.of)}
          aria-label="Customers looked at"
          className={styles.bar}
        />
      </p>
    );
  }
  if (result === null)
    return <p className={styles.lead}>{state === 'stopped' ? 'Stopped.' : 'It failed; the log says why.'}</p>;
  const refused = Object.entries(result.refused);
  return (
    <>
      <p className={styles.answer}>
        <strong>{numberWords(result.entries)}</strong> {result.entries === 1 ? 'entry' : 'entries'} of{' '}
        {numberWords(result.customers)} {result.customers === 1 ? 'customer' : 'customers'}
        {refused.map(([reason, people]) => `; ${numberWords(people)} not let in: ${reason}`).join('')}.
      </p>
      <ul className={styles.notes}>
        {result.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {result.sample.length === 0 ? null : (
        <ul className={styles.sample}>
          {result.sample.map(({ customerId, displayName, at }) => (
            <li key={`${customerId} ${at}`}>
              <Link href={`/customers/${encodeURIComponent(customerId)}`}>{displayName}</Link>
              <time dateTime={at}>{absoluteTime(Date.parse(at))}</time>
            </li>
          ))}
        </ul>
      )}
      {result.entries > result.sample.length ? (
        <p className={styles.lead}>The first {result.sample.length} are shown.</p>
      ) : null}
    </>
  );
}
