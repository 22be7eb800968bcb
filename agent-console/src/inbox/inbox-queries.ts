import { queryOptions } from '@tanstack/react-query';
import { WHOLE_QUEUE } from '../early/early-reads';
import type { Engine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { readStored } from '../shell/stored-choice';
import type { InboxPages } from './inbox-pages';

type Source = Pick<Engine, 'client'>;

/** Under this name the browser keeps what an agent's queue begins with. */
export const beginName = (agentId: string): string => `segue.queue ${agentId}`;

/** Whether the queue of an agent begins with everybody. */
export const beginsWithAll = (agentId: string): boolean => (readStored(beginName(agentId)) ?? '') === '';

/** The saved views of the queue. */
export const viewsQuery = ({ client }: Source) =>
  queryOptions({
    queryKey: queryKeys.inboxViews,
    queryFn: ({ signal }) => client.inbox.views.query(undefined, { signal }),
    staleTime: 5 * 60_000,
  });

/** The first page of a queue that shows everybody, for the list to begin with. */
export const firstPageQuery = ({ client }: Source) =>
  queryOptions({
    queryKey: queryKeys.inboxOf(''),
    queryFn: async ({ signal }): Promise<InboxPages> => [
      await client.inbox.list.query(WHOLE_QUEUE.input, { signal }),
    ],
    gcTime: Number.POSITIVE_INFINITY,
  });
