'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Change, useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { InboxFilter, InboxViews, InboxViewView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { viewsQuery } from './inbox-queries';

const NONE: InboxViews = { items: [], defaultViewId: null };

export type Views = InboxViews & {
  /** They are there. */
  readonly ready: boolean;
  readonly change: Change;
  readonly save: (view: { name: string; filter: InboxFilter; shared: boolean }) => Promise<boolean>;
  readonly remove: (view: InboxViewView) => Promise<boolean>;
  readonly makeDefault: (viewId: string | null) => Promise<boolean>;
};

/** The saved views of the queue: one's own and the team's. */
export function useViews(): Views {
  const engine = useEngine();
  const { client } = engine;
  const queryClient = useQueryClient();
  const change = useChange();
  const views = useQuery(viewsQuery(engine));
  const run = (work: () => Promise<InboxViews>): Promise<boolean> =>
    change.run(async () => queryClient.setQueryData(queryKeys.inboxViews, await work()));
  return {
    ...(views.data ?? NONE),
    ready: views.data !== undefined,
    change,
    save: (view) => {
      // Chosen here, so that a call that is sent again saves the same view.
      const viewId = newViewId();
      return run(() => client.inbox.saveView.mutate({ viewId, ...view }));
    },
    remove: ({ viewId }) => run(() => client.inbox.deleteView.mutate({ viewId })),
    makeDefault: (viewId) => run(() => client.inbox.setDefaultView.mutate({ viewId })),
  };
}

/** `crypto.randomUUID` is missing where the console is served without TLS. */
function newViewId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `view-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
