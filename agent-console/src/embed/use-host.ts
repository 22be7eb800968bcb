'use client';

import { useEffect, useRef, useState } from 'react';
import type { HostContext } from './host-context';
import { type Host, listenToHost } from './listen-to-host';

/** Where the page around this frame is from, as far as the browser tells. */
function originAround(): string | null {
  const { ancestorOrigins } = window.location;
  const nearest = ancestorOrigins?.[0];
  if (nearest !== undefined) return nearest;
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
}

export type HostState = {
  /** Null while the host has not spoken. */
  context: HostContext | null;
  insert: (text: string) => void;
  framed: boolean;
};

/** What the page around this frame shows. Of conversations switched in a hurry the last one counts. */
export function useHost(origins: readonly string[]): HostState {
  const [context, setContext] = useState<HostContext | null>(null);
  const [framed, setFramed] = useState(true);
  const host = useRef<Host | null>(null);
  useEffect(() => {
    setFramed(window.parent !== window);
    if (window.parent === window) return undefined;
    const listening = listenToHost({
      own: window,
      parent: window.parent,
      origins,
      around: originAround(),
      onContext: setContext,
      later: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    });
    host.current = listening;
    return listening.stop;
  }, [origins]);
  return { context, framed, insert: (text) => host.current?.insert(text) };
}
