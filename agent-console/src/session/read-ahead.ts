import type { QueryClient } from '@tanstack/react-query';
import { catalogueQuery, draftsQuery } from '../catalogue/catalogue-queries';
import { customerQuery, mergesQuery, runsQuery, timelineQuery } from '../customer/customer-queries';
import { isEarly } from '../early/early-link';
import { WHOLE_QUEUE } from '../early/early-reads';
import { type Engine, readCustomerAgain } from '../engine/engine-provider';
import type { SessionView } from '../engine/engine-types';
import { beginsWithAll, firstPageQuery, viewsQuery } from '../inbox/inbox-queries';
import { decisionQuery } from '../next-action/use-decision';

/** Long enough for the slowest page to be there, in milliseconds. */
const HELD = 15_000;

type Options = {
  engine: Engine;
  queryClient: QueryClient;
  /** The address of the page that is being opened. */
  path: string;
  /** Who opens it. */
  session: SessionView;
};

/**
 * Asks for what a page will need while React still draws its frame: on a slow machine that takes as long as the answers. What
 * is there by then is drawn at once, instead of a page that waits first. A question that fails here is asked again, and
 * reported, by the page itself.
 */
export function readAhead(options: Options): void {
  const { permissions } = options.session;
  if (permissions.includes('customers:read')) {
    readQueue(options);
    readCustomer(options);
  }
  if (permissions.includes('catalogue:read')) readCatalogue(options);
}

/** The queue, where the page's script asked for all of it. */
function readQueue({ engine, queryClient, session }: Options): void {
  if (isEarly(engine.early, { path: 'inbox.views' })) void queryClient.prefetchQuery(viewsQuery(engine));
  if (isEarly(engine.early, WHOLE_QUEUE) && beginsWithAll(session.agent.agentId))
    void queryClient.prefetchQuery(firstPageQuery(engine));
}

function readCatalogue({ engine, queryClient }: Options): void {
  if (isEarly(engine.early, { path: 'catalogue.get' }))
    void queryClient.prefetchQuery(catalogueQuery(engine));
  if (isEarly(engine.early, { path: 'catalogue.drafts' }))
    void queryClient.prefetchQuery(draftsQuery(engine));
}

function readCustomer({ engine, queryClient, path, session }: Options): void {
  const encoded = /^\/customers\/([^/]+)$/.exec(path)?.[1];
  if (encoded === undefined) return;
  const customerId = decodeURIComponent(encoded);
  engine.live.open();
  // Followed until the page does so itself: nothing may fall between what is read here and its first look.
  const room = engine.live.follow(customerId);
  setTimeout(room.stop, HELD);
  // Asked for before the room was joined: what happened in between is not in it.
  if (isEarly(engine.early, { path: 'customer.get', input: { customerId } }))
    void room.ready.then(() => readCustomerAgain(queryClient, customerId));
  if (session.permissions.includes('decisions:answer'))
    void queryClient.prefetchQuery(decisionQuery(engine, queryClient, customerId));
  void queryClient.prefetchQuery(customerQuery(engine, customerId));
  void queryClient.prefetchInfiniteQuery(timelineQuery(engine, customerId));
  // They stand above the timeline: coming after it they would push it down.
  void queryClient.prefetchQuery(runsQuery(engine, customerId));
  void queryClient.prefetchQuery(mergesQuery(engine, customerId));
}
