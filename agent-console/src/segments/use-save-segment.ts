'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';

/** Saves a segment or list, and shows it in the lists of segments before `onSaved` is called. */
export function useSaveSegment(onSaved: (segmentId: string) => void) {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (segment: Parameters<typeof client.segment.save.mutate>[0]) =>
      client.segment.save.mutate(segment),
    onSuccess: async (_saved, { segmentId }) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.segments });
      onSaved(segmentId);
    },
  });
}
