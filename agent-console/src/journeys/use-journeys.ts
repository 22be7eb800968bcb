'use client';

import {
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type {
  JourneyDetailView,
  JourneySummaryView,
  PlaybookView,
  RunSummaryView,
} from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';

/** Counts change all the time; asked for this often while the page is looked at. */
const EVERY_MS = 5_000;

export function useJourneys(): UseQueryResult<readonly JourneySummaryView[]> {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.journeys,
    queryFn: async ({ signal }) => (await client.journey.list.query(undefined, { signal })).items,
    refetchInterval: EVERY_MS,
  });
}

/** One journey in a version; null = the one in force. */
export function useJourney(journeyId: string, version: number | null): UseQueryResult<JourneyDetailView> {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.journey(journeyId, version),
    queryFn: ({ signal }) =>
      client.journey.get.query({ journeyId, ...(version === null ? {} : { version }) }, { signal }),
    refetchInterval: EVERY_MS,
    placeholderData: (before) => (before?.journeyId === journeyId ? before : undefined),
  });
}

export function usePlaybooks(): UseQueryResult<readonly PlaybookView[]> {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.playbooks,
    queryFn: async ({ signal }) => (await client.journey.playbooks.query(undefined, { signal })).items,
  });
}

/** A change of journeys, after which everything about them is read again. */
export function useJourneyChange<Input, Answer>(
  change: (input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.journeys }),
  });
}

export type RunsWanted = {
  journeyId: string;
  status?: RunSummaryView['status'];
  stepId?: string;
};

export function useRuns(wanted: RunsWanted, limit = 25) {
  const { client } = useEngine();
  return useInfiniteQuery({
    queryKey: queryKeys.runs({ ...wanted, limit }),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.journey.runs.query(
        { ...wanted, limit, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
