'use client';

import { useEffect } from 'react';
import { useEngine } from '../engine/engine-provider';

/**
 * Tells the engine that the agent brought up a suggestion which was not the first. The first of a decision counts
 * as shown with the decision itself.
 */
export function useReportShown(decisionId: string | null, actionId: string | null): void {
  const { client } = useEngine();
  useEffect(() => {
    if (decisionId === null || actionId === null) return;
    // A repeat is harmless and a loss costs one observation, so nobody is bothered with a failure.
    client.decision.feedback.mutate({ decisionId, actionId, outcome: 'shown' }).catch(() => {});
  }, [client, decisionId, actionId]);
}
