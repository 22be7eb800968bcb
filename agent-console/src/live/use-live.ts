'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { ServerToClient } from '../engine/engine-types';
import type { LiveState } from './live-connection';
import type { Message } from './messages';
import type { Viewers } from './presence';

/** How the live connection is, and since when it is lost (milliseconds; null while it is not). */
export function useLiveState(): { state: LiveState; lostSince: number | null } {
  const { live } = useEngine();
  const state = useSyncExternalStore(live.subscribe, live.state, () => 'connecting' as const);
  return { state, lostSince: live.lostSince() };
}

const NOT_KNOWN: Viewers = new Map();

/** Who has which customers' pages open, this person among them. */
export function useViewers(): Viewers {
  const { presence } = useEngine().live;
  return useSyncExternalStore(presence.subscribe, presence.viewers, () => NOT_KNOWN);
}

/** Hears one kind of message from the engine while mounted. */
export function useLiveEvent<Name extends Message>(
  name: Name,
  listener: (message: Parameters<ServerToClient[Name]>[0]) => void,
): void {
  const { live } = useEngine();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const hear = (message: Parameters<ServerToClient[Name]>[0]): void => latest.current(message);
    return live.hear(name, hear as ServerToClient[Name]);
  }, [live, name]);
}
