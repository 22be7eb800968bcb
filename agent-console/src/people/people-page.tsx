'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../design/button';
import { Failure } from '../design/failure';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { RowsSkeleton } from '../design/rows-skeleton';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { InviteDialog } from './invite-dialog';
import { PersonRow } from './person-row';
import { roleWords } from './role-words';

/** Who may come in, as what, and who is about to. */
export function PeoplePage(): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const people = useQuery({
    queryKey: queryKeys.people,
    queryFn: ({ signal }) => client.people.list.query(undefined, { signal }),
  });
  const again = useCallback(
    () => queryClient.invalidateQueries({ queryKey: queryKeys.people }),
    [queryClient],
  );
  const change = useChange(again);
  const [inviting, setInviting] = useState(false);
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={`${page.header} ${rows.bar}`}>
          <div>
            <h1 className={page.title}>People</h1>
            <p className={page.lead}>Who may come in, and as what. A change holds at their next click.</p>
          </div>
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus size={16} /> Invite
          </Button>
        </header>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        {people.isError && people.data === undefined ? (
          <Failure error={people.error} what="The list of people" onRetry={() => void people.refetch()} />
        ) : null}
        {people.isPending ? <RowsSkeleton /> : null}
        {people.data === undefined ? null : (
          <>
            <ul aria-label="People" className={rows.list}>
              {people.data.items.map((person) => (
                <li key={person.agentId}>
                  <PersonRow person={person} change={change} />
                </li>
              ))}
            </ul>
            {people.data.invitations.length === 0 ? null : (
              <section className={page.section} aria-labelledby="invited">
                <h2 id="invited" className={page.sectionTitle}>
                  Invited, not here yet
                </h2>
                <ul className={rows.list}>
                  {people.data.invitations.map(({ email, name, role, createdAt, expiresAt }) => (
                    <li key={email} className={rows.row}>
                      <span className={rows.main}>
                        <span className={rows.name}>{name}</span>
                        <span className={rows.detail}>{email}</span>
                      </span>
                      <span className={rows.side}>
                        <span className={rows.name}>
                          <MeaningTag meaning="neutral">{roleWords(role)}</MeaningTag>
                        </span>
                        <span className={rows.detail}>
                          Invited <Moment at={createdAt} suffix=" ago" />, good until{' '}
                          {new Date(expiresAt).toLocaleDateString()}
                        </span>
                      </span>
                      <span className={rows.actions}>
                        <Button
                          size="small"
                          disabled={change.busy}
                          onClick={() =>
                            void change.run(() => client.people.withdrawInvitation.mutate({ email }))
                          }
                        >
                          Withdraw
                        </Button>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
        {inviting ? <InviteDialog onClose={() => setInviting(false)} onInvited={again} /> : null}
      </div>
    </main>
  );
}
