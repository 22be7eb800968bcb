'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type EngineFailure, engineFailure } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { AgentView, Permission, SessionView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { forgetAllKept, keepFor } from '../form/kept-text';
import { readAhead } from './read-ahead';

export type Session =
  | { state: 'checking' }
  | { state: 'unreachable'; failure: EngineFailure; retry: () => void }
  | { state: 'signed-out' }
  /** `expired`: the session ended while working; the page stays as it is until the agent is back. */
  | { state: 'signed-in'; agent: AgentView; expired: boolean };

export type Credentials = { email: string; password: string; code?: string };

type SessionActions = {
  session: Session;
  /** What this agent may do; nothing while nobody is known. */
  permissions: readonly Permission[];
  signIn: (credentials: Credentials) => Promise<void>;
  signOut: () => Promise<void>;
};

const NONE: readonly Permission[] = [];
const SessionContext = createContext<SessionActions | null>(null);

/** Knows who is signed in, and keeps the live connection open while someone is. */
export function SessionProvider({ children }: { children: React.ReactNode }): React.ReactNode {
  const engine = useEngine();
  const { client, early, live, onSignedOut } = engine;
  const queryClient = useQueryClient();
  const [expired, setExpired] = useState(false);
  const me = useQuery({
    queryKey: queryKeys.me,
    queryFn: async ({ signal }) => {
      const answer = await client.session.me.query(undefined, { signal });
      const before = queryClient.getQueryData<SessionView>(queryKeys.me);
      // Signed in elsewhere as somebody else: what this page read and kept was not theirs.
      if (before !== undefined && before.agent.agentId !== answer.agent.agentId)
        queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== queryKeys.me[0] });
      keepFor(answer.agent.agentId);
      if (before === undefined)
        readAhead({ engine, queryClient, path: window.location.pathname, session: answer });
      return answer;
    },
    staleTime: 5 * 60_000,
    refetchInterval: (query) => (query.state.data === undefined && query.state.error !== null ? 3000 : false),
  });
  const agent = me.data?.agent ?? null;
  const permissions = me.data?.permissions ?? NONE;
  const agentId = agent?.agentId ?? null;

  useEffect(() => onSignedOut(() => setExpired(true)), [onSignedOut]);
  // Who is known anew is back: the plugin's session comes from another window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment of the answer is what it reacts to
  useEffect(() => setExpired(false), [me.dataUpdatedAt]);
  useEffect(
    () => live.onRefused(() => void queryClient.invalidateQueries({ queryKey: queryKeys.me })),
    [live, queryClient],
  );
  useEffect(() => {
    if (agentId === null) return undefined;
    live.open();
    return live.close;
  }, [agentId, live]);

  const signIn = useCallback(
    async (credentials: Credentials) => {
      const answer = await client.session.signIn.mutate(credentials);
      const before = queryClient.getQueryData<SessionView>(queryKeys.me);
      // Someone else's pages must not show for a moment.
      if (before !== undefined && before.agent.agentId !== answer.agent.agentId) queryClient.clear();
      // What the page began by asking was asked with the session of before.
      early.answers.clear();
      keepFor(answer.agent.agentId);
      queryClient.setQueryData(queryKeys.me, answer);
      setExpired(false);
      live.restart();
      await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKeys.me[0] });
    },
    [client, early, live, queryClient],
  );
  const signOut = useCallback(async () => {
    const { goOnTo } = await client.session.signOut.mutate();
    live.close();
    forgetAllKept();
    // A full load, so that nothing of this agent stays in memory.
    window.location.assign(goOnTo ?? '/sign-in');
  }, [client, live]);

  const session = useMemo<Session>(() => {
    if (agent !== null) return { state: 'signed-in', agent, expired };
    if (me.error === null) return { state: 'checking' };
    const failure = engineFailure(me.error);
    if (failure.kind === 'signed-out') return { state: 'signed-out' };
    return { state: 'unreachable', failure, retry: () => void me.refetch() };
  }, [agent, expired, me.error, me.refetch]);

  const value = useMemo(
    () => ({ session, permissions, signIn, signOut }),
    [session, permissions, signIn, signOut],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** The session of this page; throws outside `SessionProvider`. */
export function useSession(): SessionActions {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
