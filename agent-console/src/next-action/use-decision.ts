'use client';

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { DecideAnswer, DecisionRecord } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';

/**
 * The decision that is current for this customer. The engine decides anew by itself for customers whose page is open,
 * and pushes it; asking again here on every event would only make it decide twice.
 */
export function useDecision(customerId: string): UseQueryResult<DecideAnswer> {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const queryKey = queryKeys.decision(customerId);

  useLiveEvent('decision:made', (decision) => {
    if (decision.customerId !== customerId || decision.channel !== 'agent') return;
    queryClient.setQueryData<DecideAnswer>(queryKey, (current) =>
      current !== undefined && Date.parse(current.decidedAt) > Date.parse(decision.decidedAt)
        ? current
        : decision,
    );
  });
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => client.decision.forCustomer.mutate({ customerId }, { signal }),
    staleTime: 60_000,
  });
}

/** A decision as it was kept: candidates, rules, answers. */
export function useDecisionRecord(decisionId: string | null): UseQueryResult<DecisionRecord> {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  useLiveEvent('outcome:recorded', (recorded) => {
    if (recorded.decisionId !== decisionId) return;
    void queryClient.invalidateQueries({ queryKey: queryKeys.record(recorded.decisionId) });
  });
  return useQuery({
    queryKey: queryKeys.record(decisionId ?? ''),
    queryFn: ({ signal }) => client.decision.get.query({ decisionId: decisionId ?? '' }, { signal }),
    enabled: decisionId !== null,
  });
}
