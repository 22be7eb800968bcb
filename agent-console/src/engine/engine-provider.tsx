'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { io } from 'socket.io-client';
import { type EarlyAnswers, earlyAnswers } from '../early/early-link';
import { createLiveConnection, type LiveConnection } from '../live/live-connection';
import { createEngineClient, type EngineClient } from './engine-client';
import { engineFailure, isPassing } from './engine-failure';
import type { CustomerView } from './engine-types';
import { queryKeys } from './query-keys';
import { createTrouble, type Trouble } from './trouble';

/** How often what could not be read is asked for again, in milliseconds. */
const TRY_AGAIN = 4000;

export type Engine = {
  address: string;
  trouble: Trouble;
  client: EngineClient;
  /** What the page asked for while its scripts were on their way. */
  early: EarlyAnswers;
  live: LiveConnection;
  /** From here on calls carry this session's token: cookies of a framed page may be blocked. */
  setToken: (token: string) => void;
  /** To be told of every call that failed outside a query, so that an ended session is noticed. */
  noticeFailure: (error: unknown) => void;
  /** Calls back whenever the engine says that this agent is not signed in. */
  onSignedOut: (listener: () => void) => () => void;
};

const EngineContext = createContext<Engine | null>(null);

type Props = { address: string; children: React.ReactNode };

/** Connects everything below to the engine at `address`. */
export function EngineProvider({ address, children }: Props): React.ReactNode {
  const [{ queryClient, engine }] = useState(() => createEngine(address));
  useEffect(() => engine.live.onResume(() => void queryClient.invalidateQueries()), [engine, queryClient]);
  // The network is back: knocking now is better than waiting for the next try.
  useEffect(() => {
    const knock = (): void => {
      if (engine.live.state() === 'lost') engine.live.restart();
    };
    window.addEventListener('online', knock);
    return () => window.removeEventListener('online', knock);
  }, [engine]);
  useEffect(
    () => engine.live.onLate((customerId) => void readCustomerAgain(queryClient, customerId)),
    [engine, queryClient],
  );
  const value = useMemo(() => engine, [engine]);
  return (
    <EngineContext value={value}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </EngineContext>
  );
}

/** The engine this page talks to; throws outside `EngineProvider`. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Error('useEngine needs an EngineProvider above it');
  return engine;
}

/** What was read of a customer before their room was joined. Deciding again is for those about whom something is new. */
export async function readCustomerAgain(queryClient: QueryClient, customerId: string): Promise<void> {
  const lastSeen = () => queryClient.getQueryData<CustomerView>(queryKeys.customer(customerId))?.lastSeenAt;
  const before = lastSeen();
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: queryKeys.customer(customerId) }),
    queryClient.invalidateQueries({ queryKey: queryKeys.timeline(customerId) }),
  ]);
  if (before !== lastSeen())
    await queryClient.invalidateQueries({ queryKey: queryKeys.decision(customerId) });
}

function createEngine(address: string): { queryClient: QueryClient; engine: Engine } {
  const signedOut = new Set<() => void>();
  const onError = (error: unknown): void => {
    if (engineFailure(error).kind !== 'signed-out') return;
    for (const listener of signedOut) listener();
  };
  const trouble = createTrouble(Date.now);
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        onError(error);
        if (isPassing(engineFailure(error))) trouble.failed();
      },
      onSuccess: trouble.worked,
    }),
    mutationCache: new MutationCache({ onError: (error) => noticeFailure(error) }),
    defaultOptions: {
      queries: {
        // The browser's own word on being online is often wrong; the engine may also run on this machine.
        networkMode: 'always',
        staleTime: 30_000,
        retry: (count, error) => count < 2 && isPassing(engineFailure(error)),
        retryDelay: (count) => 400 * 2 ** count,
        // What failed because something was away is there again by itself.
        refetchInterval: ({ state }) =>
          state.status === 'error' && isPassing(engineFailure(state.error)) ? TRY_AGAIN : false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  // A change that did not get through for a reason that passes: what is read tells when it is over.
  const noticeFailure = (error: unknown): void => {
    onError(error);
    if (isPassing(engineFailure(error))) void queryClient.invalidateQueries();
  };
  let token: string | null = null;
  const early = earlyAnswers();
  const socket = io(address, {
    auth: (tell) => tell(token === null ? {} : { token }),
    path: '/live',
    withCredentials: true,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 5000,
  });
  const engine: Engine = {
    address,
    trouble,
    client: createEngineClient(address, { token: () => token, early }),
    early,
    setToken: (given) => {
      token = given;
    },
    live: createLiveConnection(socket, Date.now),
    noticeFailure,
    onSignedOut: (listener) => {
      signedOut.add(listener);
      return () => {
        signedOut.delete(listener);
      };
    },
  };
  return { queryClient, engine };
}
