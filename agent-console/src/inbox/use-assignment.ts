'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { AssignedView, AssignRequest } from '../engine/engine-types';
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
