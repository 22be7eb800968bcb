'use client';

import {
  type QueryClient,
  queryOptions,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Engine, useEngine } from '../engine/engine-provider';
import type { DecideAnswer, DecisionRecord } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';
import { useRefresh } from '../live/use-refresh';

/**
 * The decision that is current for this customer. The engine decides anew by itself for customers whose page is open,
 * and pushes it; asking again here on every event would only make it decide twice.
 */
export function useDecision(customerId: string): UseQueryResult<DecideAnswer> {
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
  return useQuery(decisionQuery(useEngine(), queryClient, customerId));
}

/** Has the engine decide, unless it did so and pushed it meanwhile. */
export const decisionQuery = (
  { client }: Pick<Engine, 'client'>,
  queryClient: QueryClient,
  customerId: string,
) => {
  const queryKey = queryKeys.decision(customerId);
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) => {
      const answer = await client.decision.forCustomer.mutate({ customerId }, { signal });
      // A decision may have been pushed while this one was on its way.
      return newer(queryClient.getQueryData<DecideAnswer>(queryKey), answer);
    },
    staleTime: 60_000,
  });
};

/** The later of two decisions; the second where they are equally old. */
function newer(known: DecideAnswer | undefined, answer: DecideAnswer): DecideAnswer {
  return known !== undefined && Date.parse(known.decidedAt) > Date.parse(answer.decidedAt) ? known : answer;
}

/** A decision as it was kept: candidates, rules, answers. */
export function useDecisionRecord(decisionId: string | null): UseQueryResult<DecisionRecord> {
  const { client } = useEngine();
  const refresh = useRefresh(queryKeys.record(decisionId ?? ''));
  useLiveEvent('outcome:recorded', (recorded) => {
    if (recorded.decisionId === decisionId) refresh();
  });
  return useQuery({
    queryKey: queryKeys.record(decisionId ?? ''),
    queryFn: ({ signal }) => client.decision.get.query({ decisionId: decisionId ?? '' }, { signal }),
    enabled: decisionId !== null,
  });
}
