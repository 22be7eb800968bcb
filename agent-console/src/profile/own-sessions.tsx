'use client';

import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { OwnSessionView } from '../engine/engine-types';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { browserWords } from './browser-words';

type Props = { sessions: readonly OwnSessionView[]; onChanged: () => Promise<unknown> };

/** Where one is signed in. */
export function OwnSessions({ sessions, onChanged }: Props): React.ReactNode {
  const { client } = useEngine();
  const change = useChange(onChanged);
  return (
    <section className={page.section} aria-labelledby="sessions">
      <div className={rows.bar}>
        <h2 id="sessions" className={page.sectionTitle}>
          Where you are signed in
        </h2>
        {sessions.length > 1 ? (
          <Button
            size="small"
            disabled={change.busy}
            onClick={() => void change.run(() => client.profile.endOtherSessions.mutate())}
          >
            End all others
          </Button>
        ) : null}
      </div>
      {change.problem === null ? null : (
        <Notice meaning="act" announce>
          {change.problem}
        </Notice>
      )}
      <ul className={rows.list}>
        {sessions.map(({ sessionId, kind, current, userAgent, address, seenAt, createdAt }) => (
          <li key={sessionId} className={rows.row}>
            <span className={rows.main}>
              <span className={rows.name}>
                {browserWords(userAgent)}
                {kind === 'plugin' ? ' in a help desk' : ''}
                {current ? <MeaningTag meaning="good">This one</MeaningTag> : null}
              </span>
              <span className={rows.detail}>{address === null ? '' : `from ${address}`}</span>
            </span>
            <span className={rows.detail}>
              Used <Moment at={seenAt ?? createdAt} suffix=" ago" />
            </span>
            <span className={rows.actions}>
              {current ? null : (
                <Button
                  size="small"
                  disabled={change.busy}
                  onClick={() => void change.run(() => client.profile.endSession.mutate({ sessionId }))}
                >
                  End
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
