'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Failure } from '../design/failure';
import { RowsSkeleton } from '../design/rows-skeleton';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { roleWords } from '../people/role-words';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import { OwnSessions } from './own-sessions';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';

/** One's own account: password, second factor, sessions. */
export function ProfilePage(): React.ReactNode {
  const { client } = useEngine();
  const { session } = useSession();
  const queryClient = useQueryClient();
  const profile = useQuery({
    queryKey: queryKeys.profile,
    queryFn: ({ signal }) => client.profile.get.query(undefined, { signal }),
  });
  const again = useCallback(
    () => queryClient.invalidateQueries({ queryKey: queryKeys.profile }),
    [queryClient],
  );
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Your account</h1>
          {session.state === 'signed-in' ? (
            <p className={page.lead}>
              {session.agent.name}, {session.agent.email}, {roleWords(session.agent.role)}
            </p>
          ) : null}
        </header>
        {profile.isError && profile.data === undefined ? (
          <Failure error={profile.error} what="Your account" onRetry={() => void profile.refetch()} />
        ) : null}
        {profile.isPending ? <RowsSkeleton /> : null}
        {profile.data === undefined ? null : (
          <>
            <SecondFactor state={profile.data.secondFactor} onChanged={again} />
            <PasswordForm onChanged={again} />
            <OwnSessions sessions={profile.data.sessions} onChanged={again} />
          </>
        )}
      </div>
    </main>
  );
}
