'use client';

import { useCallback, useState } from 'react';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';

export type Change = {
  /** Something is being sent. */
  busy: boolean;
  /** Why the last one failed; null = it didn't. */
  problem: string | null;
  /** Sends a change, and after it reads again. Resolves to whether it went through. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
};

/** One change at a time, with what went wrong in words. */
export function useChange(after: () => Promise<unknown> = async () => {}): Change {
  const { noticeFailure } = useEngine();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(
    async (work: () => Promise<unknown>) => {
      setBusy(true);
      setProblem(null);
      try {
        await work();
        await after();
        return true;
      } catch (error) {
        noticeFailure(error);
        setProblem(failureText(engineFailure(error)));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [after, noticeFailure],
  );
  const forget = useCallback(() => setProblem(null), []);
  return { busy, problem, run, forget };
}
