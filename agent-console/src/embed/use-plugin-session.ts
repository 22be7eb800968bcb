'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { readTokenMessage } from './token-message';

/** The plugin's session lasts an hour; it is moved on this often while the page is open, in milliseconds. */
const EXTEND_EVERY = 20 * 60_000;

export type PluginSession = {
  /** Opens the sign-in of Segue itself in a window of its own. @returns false where the browser refused */
  signIn: () => boolean;
};

/** Takes the session that the window of Segue hands over; it is kept in memory, and in a partitioned cookie where that is allowed. */
export function usePluginSession(): PluginSession {
  const { client, live, setToken } = useEngine();
  const queryClient = useQueryClient();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    const onMessage = (event: MessageEvent): void => {
      if (event.origin !== window.location.origin) return;
      const token = readTokenMessage(event.data);
      if (token === null) return;
      setToken(token);
      setHeld(true);
      // Blocked cookies are no failure: the token in memory does.
      void client.session.keepPlugin.mutate().catch(() => {});
      live.restart();
      void queryClient.invalidateQueries({ queryKey: queryKeys.me });
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, [client, live, queryClient, setToken]);

  useEffect(() => {
    if (!held) return undefined;
    const timer = setInterval(() => void client.session.keepPlugin.mutate().catch(() => {}), EXTEND_EVERY);
    return () => clearInterval(timer);
  }, [held, client]);

  const signIn = useCallback(
    () => window.open('/embed/sign-in', 'segue-sign-in', 'popup,width=420,height=620') !== null,
    [],
  );
  return { signIn };
}
