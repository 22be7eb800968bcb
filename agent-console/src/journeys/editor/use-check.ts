'use client';

import { useEffect, useState } from 'react';
import { engineFailure, failureText, isPassing } from '../../engine/engine-failure';
import { useEngine } from '../../engine/engine-provider';
import type { JourneyCheck } from '../../engine/engine-types';

const CHECK_AFTER_MS = 400;
/** What was away may be back by then. */
const TRY_AGAIN_MS = 3000;

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
  const { client, noticeFailure } = useEngine();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<Check & { of: string | null }>({
    found: null,
    pending: true,
    problem: null,
    of: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks the same again
  useEffect(() => {
    const stop = new AbortController();
    let timer = setTimeout(() => {
      client.journey.check.mutate({ definition: text }, { signal: stop.signal }).then(
        (found) => setState({ found, pending: false, problem: null, of: text }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const failure = engineFailure(error);
          const problem = failureText(failure);
          setState((before) => ({ ...before, pending: false, problem, of: text }));
          noticeFailure(error);
          // Also where the session ended: somebody signs in again over the page.
          if (isPassing(failure) || failure.kind === 'signed-out')
            timer = setTimeout(() => setTries((before) => before + 1), TRY_AGAIN_MS);
        },
      );
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, text, noticeFailure, tries]);
  return { ...state, pending: state.of !== text };
}
