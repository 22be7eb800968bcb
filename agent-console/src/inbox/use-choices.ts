'use client';

import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { InboxChoices } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';

export type Choices = InboxChoices & { readonly segmentName: (segmentId: string) => string };

/** What a filter can choose from; asked for once it is `wanted`. */
export function useChoices(wanted: boolean): Choices {
  const { client } = useEngine();
  const { data } = useQuery({
    queryKey: queryKeys.inboxChoices,
    queryFn: ({ signal }) => client.inbox.choices.query(undefined, { signal }),
    enabled: wanted,
  });
  const segments = data?.segments ?? [];
  return {
    segments,
    channels: data?.channels ?? [],
    segmentName: (segmentId) => segments.find((each) => each.segmentId === segmentId)?.name ?? segmentId,
  };
}
