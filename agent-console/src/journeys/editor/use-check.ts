'use client';

import { useEffect, useState } from 'react';
import { engineFailure, failureText } from '../../engine/engine-failure';
import { useEngine } from '../../engine/engine-provider';
import type { JourneyCheck } from '../../engine/engine-types';

const CHECK_AFTER_MS = 400;

export type Check = {
  /** What was found of the latest text that was looked at; null before the first. */
  found: JourneyCheck | null;
  /** The text has changed since. */
  pending: boolean;
  /** Why it could not be looked at; null where it could. */
  problem: string | null;
};

/** Has a text looked through whenever typing pauses. */
export function useCheck(text: string): Check {
  const { client } = useEngine();
  const [state, setState] = useState<Check & { of: string | null }>({
    found: null,
    pending: true,
    problem: null,
    of: null,
  });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      client.journey.check.mutate({ definition: text }, { signal: stop.signal }).then(
        (found) => setState({ found, pending: false, problem: null, of: text }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const problem = failureText(engineFailure(error));
          setState((before) => ({ ...before, pending: false, problem, of: text }));
        },
      );
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, text]);
  return { ...state, pending: state.of !== text };
}
