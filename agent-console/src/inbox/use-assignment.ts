'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { AssignedView, AssignRequest, Viewer } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';

type Assignment = { readonly assigned: AssignedView | null };

/** Who looks after a customer; follows by itself. Undefined until it is known. */
export function useAssignment(customerId: string): AssignedView | null | undefined {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const queryKey = queryKeys.assignment(customerId);
  const query = useQuery<Assignment>({
    queryKey,
    queryFn: ({ signal }) => client.inbox.assignment.query({ customerId }, { signal }),
  });
  useLiveEvent('assignment:changed', (change) => {
    if (change.customerId === customerId)
      queryClient.setQueryData<Assignment>(queryKey, { assigned: change.assigned });
  });
  return query.data?.assigned;
}

/** Takes customers and lets them go. */
export function useAssign() {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: AssignRequest) => client.inbox.assign.mutate(request),
    onSuccess: async ({ assigned }, { customerId }) => {
      queryClient.setQueryData<Assignment>(queryKeys.assignment(customerId), { assigned });
      await queryClient.invalidateQueries({ queryKey: queryKeys.inbox });
    },
  });
}

/** The others who have this customer's page open now. */
export function useOtherViewers(customerId: string, agentId: string): readonly Viewer[] {
  const { live } = useEngine();
  const [viewers, setViewers] = useState<readonly Viewer[]>([]);
  useLiveEvent('customer:viewers', (change) => {
    if (change.customerId === customerId) setViewers(change.viewers);
  });
  // Who was here before the connection was lost is told anew when it is back.
  useEffect(
    () =>
      live.subscribe(() => {
        if (live.state() !== 'live') setViewers([]);
      }),
    [live],
  );
  return viewers.filter((viewer) => viewer.agentId !== agentId);
}
