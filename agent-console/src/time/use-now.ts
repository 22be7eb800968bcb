'use client';

import { useSyncExternalStore } from 'react';

const TICK = 20_000;
const listeners = new Set<() => void>();
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in milliseconds, the same for the whole page, moving every 20 seconds; 0 while rendering on the server. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, () => 0);
}

function read(): number {
  if (current === 0) current = Date.now();
  return current;
}

function tick(): void {
  current = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
    timer = setInterval(tick, TICK);
    // A tab that slept must not show the age it fell asleep with.
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
    timer = undefined;
  };
}
