'use client';

import { useId, useMemo, useState } from 'react';
import { channelWords } from '../customer/standing';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import form from '../form/form.module.css';
import { isPlain } from '../form/path';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import styles from './catalogue.module.css';
import { SimulationResult } from './simulation-result';
import type { Content } from './use-catalogue';
import { useSimulation } from './use-simulation';

type Props = { draftId: string; content: Content; blocked: boolean };

/** Asks every customer under what is in force and under the draft, and shows what would change. */
export function SimulateSection({ draftId, content, blocked }: Props): React.ReactNode {
  const channels = useMemo(() => channelsOf(content), [content]);
  const [channel, setChannel] = useState(channels.includes('email') ? 'email' : (channels[0] ?? 'agent'));
  const [everywhere, setEverywhere] = useState(false);
  const [segment, setSegment] = useState('');
  const { start, starting, error, simulation, stop } = useSimulation();
  const [channelField, segmentField, allField] = [useId(), useId(), useId()];
  const segments = content.segments.flatMap(({ segmentId }) =>
    typeof segmentId === 'string' ? [segmentId] : [],
  );
  const running = simulation?.state === 'running' || starting;
  const begin = (): void =>
    start({
      draftId,
      channel,
      alsoOn: everywhere ? channels.filter((each) => each !== channel).slice(0, 10) : [],
      segment: segment === '' ? null : segment,
    });
  return (
    <section className={page.section} aria-labelledby="simulate">
      <h2 id="simulate" className={page.sectionTitle}>
        What it would do
      </h2>
      <p className={styles.quiet}>
        Every customer is asked once, as of now, under what is in force and under this draft, with the same
        draws. Nothing is written or sent.
      </p>
      <div className={styles.row} style={{ marginTop: 12 }}>
        <div className={form.field}>
          <label htmlFor={channelField} className={form.label}>
            Channel
          </label>
          <select
            id={channelField}
            className={form.input}
            value={channel}
            onChange={({ target }) => setChannel(target.value)}
          >
            {channels.map((each) => (
              <option key={each} value={each}>
                {channelWords(each)}
              </option>
            ))}
          </select>
        </div>
        <div className={form.field}>
          <label htmlFor={segmentField} className={form.label}>
            Customers
          </label>
          <select
            id={segmentField}
            className={form.input}
            value={segment}
            onChange={({ target }) => setSegment(target.value)}
          >
            <option value="">Everybody</option>
            {segments.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </div>
        <div className={form.check}>
          <input
            id={allField}
            type="checkbox"
            checked={everywhere}
            onChange={({ target }) => setEverywhere(target.checked)}
          />
          <label htmlFor={allField}>The other channels would do, too</label>
        </div>
        <Button look="primary" disabled={blocked || running} onClick={begin}>
          Simulate
        </Button>
      </div>
      <div role="status" style={{ marginTop: 12 }}>
        {simulation !== null && simulation.state === 'running' ? (
          <Progress {...simulation.progress} onStop={stop} />
        ) : null}
        {simulation?.state === 'failed' ? (
          <Notice meaning="act">It failed. The engine’s log says why.</Notice>
        ) : null}
        {simulation?.state === 'stopped' ? <Notice meaning="watch">It was stopped.</Notice> : null}
        {error === null ? null : <Notice meaning="act">{failureText(engineFailure(error))}</Notice>}
      </div>
      {simulation?.result == null ? null : (
        <SimulationResult result={simulation.result} nameOf={(id) => nameOf(content, id)} />
      )}
    </section>
  );
}

function Progress({ done, of, onStop }: { done: number; of: number; onStop: () => void }): React.ReactNode {
  return (
    <div className={styles.row} style={{ alignItems: 'center' }}>
      <div style={{ flex: 1 }}>
        <div className={styles.progress} aria-hidden="true">
          <span style={{ width: `${of === 0 ? 0 : (100 * done) / of}%` }} />
        </div>
        <span className={styles.quiet}>
          {numberWords(done)} of {numberWords(of)} customers asked
        </span>
      </div>
      <Button size="small" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}

function channelsOf({ actions }: Content): string[] {
  const channels = actions.flatMap(({ treatments }) =>
    Array.isArray(treatments)
      ? treatments.filter(isPlain).flatMap(({ channel }) => (typeof channel === 'string' ? [channel] : []))
      : [],
  );
  return [...new Set(channels)].sort();
}

function nameOf({ actions }: Content, id: string): string {
  const name = actions.find(({ actionId }) => actionId === id)?.['name'];
  return typeof name === 'string' ? name : id;
}
