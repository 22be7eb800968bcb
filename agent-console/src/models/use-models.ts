'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { ModelName } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';

/** A promotion is served within a second: looked at again until it is. */
const LOOK_AGAIN_MS = 700;

/** Every model with its versions and drift. */
export function useModels() {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.models,
    queryFn: ({ signal }) => client.model.list.query(undefined, { signal }),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ serving, inForce }) => serving !== inForce) === true
        ? LOOK_AGAIN_MS
        : false,
  });
}

/** One version in full; null reads nothing. */
export function useModelVersion(model: ModelName, version: string | null) {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.modelVersion(model, version ?? ''),
    queryFn: ({ signal }) => client.model.version.query({ model, version: version ?? '' }, { signal }),
    enabled: version !== null,
  });
}

export function useShadowScores(model: 'churn' | 'propensity', shadow: string | null) {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.shadowScores(model),
    queryFn: ({ signal }) => client.model.shadowScores.query({ model }, { signal }),
    enabled: shadow !== null,
  });
}

type Change =
  | { readonly kind: 'promote'; readonly version: string; readonly force: boolean }
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'shadow'; readonly version: string | null }
  | { readonly kind: 'measure' };

/** Changes what serves, or measures; everything about models is read anew afterwards. */
export function useChangeModel(model: ModelName) {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (change: Change): Promise<void> => {
      switch (change.kind) {
        case 'promote':
          await client.model.promote.mutate({ model, version: change.version, force: change.force });
          return;
        case 'roll-back':
          await client.model.rollBack.mutate({ model });
          return;
        case 'shadow':
          if (model === 'churn' || model === 'propensity')
            await client.model.setShadow.mutate({ model, version: change.version });
          return;
        case 'measure':
          await client.model.measureDrift.mutate({ model });
          return;
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.models }),
  });
}
