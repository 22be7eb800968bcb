'use client';

import { useState } from 'react';
import { Avatar } from '../design/avatar';
import { Button } from '../design/button';
import { ConfirmDialog } from '../design/confirm-dialog';
import { MeaningTag } from '../design/meaning';
import rows from '../design/rows.module.css';
import { Select } from '../design/select';
import type { Change } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { PersonView } from '../engine/engine-types';
import { Moment } from '../time/moment';
import styles from './person-row.module.css';
import { ROLES } from './role-words';

type Props = { person: PersonView; change: Change };

/** One person: role, state, and what can be done about them. */
export function PersonRow({ person, change }: Props): React.ReactNode {
  const { client } = useEngine();
  const { agentId, name, email, role, deactivatedAt, sessions, seenAt, secondFactor } = person;
  const [asked, setAsked] = useState<'deactivate' | 'reset' | null>(null);
  const gone = deactivatedAt !== null;
  return (
    <div className={`${rows.row} ${rows.even}`}>
      <span className={styles.who}>
        <Avatar name={name} size={28} />
        <span className={rows.main}>
          <span className={`${rows.name} ${gone ? rows.gone : ''}`}>
            {name}
            {gone ? <MeaningTag meaning="neutral">Deactivated</MeaningTag> : null}
          </span>
          <span className={rows.detail}>{email}</span>
        </span>
      </span>
      <span className={rows.side}>
        <Select
          label={`Role of ${name}`}
          bare
          value={role}
          disabled={change.busy || gone}
          options={ROLES}
          onChange={(next) => void change.run(() => client.people.setRole.mutate({ agentId, role: next }))}
        />
        <span className={rows.detail}>
          {sessions === 0 ? (
            'Not signed in'
          ) : (
            <>
              {sessions === 1 ? '1 session' : `${sessions} sessions`}
              {seenAt === null ? null : (
                <>
                  , seen <Moment at={seenAt} suffix=" ago" />
                </>
              )}
            </>
          )}
          {secondFactor ? ' · second factor on' : ''}
        </span>
      </span>
      <span className={rows.actions}>
        {sessions === 0 ? null : (
          <Button
            size="small"
            disabled={change.busy}
            aria-label={`End sessions of ${name}`}
            onClick={() => void change.run(() => client.people.revokeSessions.mutate({ agentId }))}
          >
            End sessions
          </Button>
        )}
        {secondFactor ? (
          <Button
            size="small"
            disabled={change.busy}
            aria-label={`Reset code of ${name}`}
            onClick={() => setAsked('reset')}
          >
            Reset code
          </Button>
        ) : null}
        {gone ? (
          <Button
            size="small"
            disabled={change.busy}
            aria-label={`Let in again: ${name}`}
            onClick={() => void change.run(() => client.people.reactivate.mutate({ agentId }))}
          >
            Let in again
          </Button>
        ) : (
          <Button
            size="small"
            disabled={change.busy}
            aria-label={`Deactivate ${name}`}
            onClick={() => setAsked('deactivate')}
          >
            Deactivate
          </Button>
        )}
      </span>
      {asked === 'deactivate' ? (
        <ConfirmDialog
          title={`Deactivate ${name}?`}
          action="Deactivate"
          onClose={() => setAsked(null)}
          onConfirm={() => void change.run(() => client.people.deactivate.mutate({ agentId }))}
        >
          They are signed out everywhere at once and can’t come in until somebody lets them in again. What
          they did stays on record.
        </ConfirmDialog>
      ) : null}
      {asked === 'reset' ? (
        <ConfirmDialog
          title={`Reset the second factor of ${name}?`}
          action="Reset"
          onClose={() => setAsked(null)}
          onConfirm={() => void change.run(() => client.people.resetSecondFactor.mutate({ agentId }))}
        >
          They sign in with the password alone until they set up a new one. Be sure that it is them who asks.
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
