'use client';

import { useEffect, useState } from 'react';
import { engineFailure, failureText, isPassing } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { SegmentPreviewAnswer } from '../engine/engine-types';

const ASK_AFTER_MS = 500;
/** What was away may be back by then. */
const TRY_AGAIN_MS = 3000;

export type Preview = {
  found: SegmentPreviewAnswer | null;
  /** The text has changed since. */
  pending: boolean;
  /** Why nothing could be found out; null where it could. */
  problem: string | null;
};

/** How many customers a condition fits, asked whenever typing pauses. */
export function usePreview(text: string): Preview {
  const { client, noticeFailure } = useEngine();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<Omit<Preview, 'pending'> & { of: string | null }>({
    found: null,
    problem: null,
    of: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks the same again
  useEffect(() => {
    const stop = new AbortController();
    let timer = setTimeout(() => {
      if (text.trim() === '') return;
      client.segment.preview.mutate({ when: text }, { signal: stop.signal }).then(
        (found) => setState({ found, problem: null, of: text }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const failure = engineFailure(error);
          setState({ found: null, problem: failureText(failure), of: text });
          noticeFailure(error);
          // Also where the session ended: somebody signs in again over the page.
          if (isPassing(failure) || failure.kind === 'signed-out')
            timer = setTimeout(() => setTries((before) => before + 1), TRY_AGAIN_MS);
        },
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, text, noticeFailure, tries]);
  return { found: state.found, problem: state.problem, pending: state.of !== text };
}
