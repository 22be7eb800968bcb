'use client';

import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { SegmentDetailView, SegmentSummaryView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';

const EVERY_MS = 10_000;

export type SegmentList = { items: readonly SegmentSummaryView[]; customers: number };

export function useSegments(): UseQueryResult<SegmentList> {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.segments,
    queryFn: ({ signal }) => client.segment.list.query(undefined, { signal }),
    refetchInterval: EVERY_MS,
  });
}

/** The name of the segment that has this id already; null while there is none. */
export function useTakenBy(segmentId: string): string | null {
  return useSegments().data?.items.find((each) => each.segmentId === segmentId)?.name ?? null;
}

export function useSegment(segmentId: string): UseQueryResult<SegmentDetailView> {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.segment(segmentId),
    queryFn: ({ signal }) => client.segment.get.query({ segmentId }, { signal }),
    refetchInterval: EVERY_MS,
  });
}

export function useMembers(segmentId: string) {
  const { client } = useEngine();
  return useInfiniteQuery({
    queryKey: queryKeys.segmentMembers(segmentId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.segment.members.query(
        { segmentId, limit: 25, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
