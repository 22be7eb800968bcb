'use client';

import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';

/** What came of each experiment and of the hold-out. */
export function useExperiments(enabled = true) {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.experiments,
    queryFn: ({ signal }) => client.experiment.list.query(undefined, { signal }),
    enabled,
  });
}
