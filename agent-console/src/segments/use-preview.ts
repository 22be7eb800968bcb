'use client';

import { useEffect, useState } from 'react';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { SegmentPreviewAnswer } from '../engine/engine-types';

const ASK_AFTER_MS = 500;

export type Preview = {
  found: SegmentPreviewAnswer | null;
  /** The text has changed since. */
  pending: boolean;
  /** Why nothing could be found out; null where it could. */
  problem: string | null;
};

/** How many customers a condition fits, asked whenever typing pauses. */
export function usePreview(text: string): Preview {
  const { client } = useEngine();
  const [state, setState] = useState<Omit<Preview, 'pending'> & { of: string | null }>({
    found: null,
    problem: null,
    of: null,
  });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      if (text.trim() === '') return;
      client.segment.preview.mutate({ when: text }, { signal: stop.signal }).then(
        (found) => setState({ found, problem: null, of: text }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setState({ found: null, problem: failureText(engineFailure(error)), of: text });
        },
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, text]);
  return { found: state.found, problem: state.problem, pending: state.of !== text };
}
