'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { queryKeys } from '../engine/query-keys';

/** How long the engine gets to push its next decision before the page asks, in milliseconds. */
const PATIENCE = 1200;

type Options = {
  customerId: string;
  /** The newest decision the page knows. */
  newest: string | undefined;
  /** Called when the decision that was waited for is there. */
  onNext: () => void;
};

/** After an answer: waits for the decision that follows. `waitFor` names the decision that was answered. */
export function useNextDecision({ customerId, newest, onNext }: Options): {
  waiting: boolean;
  waitFor: (answered: string) => void;
} {
  const queryClient = useQueryClient();
  const [answered, setAnswered] = useState<string | null>(null);

  useEffect(() => {
    if (answered === null || newest === undefined || newest === answered) return;
    setAnswered(null);
    onNext();
  }, [answered, newest, onNext]);

  useEffect(() => {
    if (answered === null) return undefined;
    const timer = setTimeout(() => {
      void queryClient
        .invalidateQueries({ queryKey: queryKeys.decision(customerId) })
        .finally(() => setAnswered(null));
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [answered, customerId, queryClient]);

  return { waiting: answered !== null, waitFor: useCallback((id: string) => setAnswered(id), []) };
}
