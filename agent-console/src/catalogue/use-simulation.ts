'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';

const LOOK_AGAIN_MS = 400;

export type SimulationAsked = {
  readonly draftId: string;
  readonly channel: string;
  readonly alsoOn: readonly string[];
  readonly segment: string | null;
};

/** Starts a simulation of a draft and follows it to its end. */
export function useSimulation() {
  const { client } = useEngine();
  const started = useMutation({
    mutationFn: ({ draftId, channel, alsoOn, segment }: SimulationAsked) =>
      client.simulation.start.mutate({
        draftId,
        channel,
        slots: 1,
        ...(alsoOn.length === 0 ? {} : { alsoOn: [...alsoOn] }),
        ...(segment === null ? {} : { segment }),
      }),
  });
  const simulationId = started.data?.simulationId ?? null;
  const followed = useQuery({
    queryKey: queryKeys.simulation(simulationId ?? ''),
    queryFn: ({ signal }) => client.simulation.get.query({ simulationId: simulationId ?? '' }, { signal }),
    enabled: simulationId !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_AGAIN_MS : false),
  });
  const stop = useMutation({
    mutationFn: () => client.simulation.stop.mutate({ simulationId: simulationId ?? '' }),
    onSuccess: () => followed.refetch(),
  });
  return {
    start: started.mutate,
    starting: started.isPending,
    error: started.error ?? followed.error,
    simulation: followed.data ?? started.data ?? null,
    stop: () => stop.mutate(),
  };
}
