/** A question of the tRPC API that a page begins with; a mutation where the engine keeps what it answers. */
export type EarlyRead = {
  readonly path: string;
  readonly input?: unknown;
  readonly type?: 'query' | 'mutation';
};

/** What tells an early read from others, in the page and in its script alike. */
export const earlyKey = ({ path, input, type = 'query' }: EarlyRead): string =>
  `${type} ${path} ${JSON.stringify(input ?? null)}`;

/** What fills a screen and a half; more is read as one scrolls. */
export const TIMELINE_START = 24;
export const MOST_RUNS = 6;
export const INBOX_PAGE = 60;

/** What the queue begins with where nothing is filtered. */
const INBOX: readonly EarlyRead[] = [
  { path: 'inbox.views' },
  { path: 'inbox.list', input: { limit: INBOX_PAGE, filter: {} } },
];

/** What the page of a customer begins with. */
const aboutCustomer = (customerId: string): readonly EarlyRead[] => [
  { path: 'customer.get', input: { customerId } },
  { path: 'customer.timeline', input: { customerId, limit: TIMELINE_START } },
  { path: 'customer.runs', input: { customerId, limit: MOST_RUNS } },
  { path: 'customer.merges', input: { customerId } },
  { path: 'decision.forCustomer', input: { customerId }, type: 'mutation' },
];

const WHO: EarlyRead = { path: 'session.me' };
const CATALOGUE: readonly EarlyRead[] = [{ path: 'catalogue.get' }, { path: 'catalogue.drafts' }];

/** First parts of the paths whose pages begin with these questions, whatever comes behind. */
const BY_AREA: Readonly<Record<string, readonly EarlyRead[]>> = {
  '': INBOX,
  customers: INBOX,
  catalogue: CATALOGUE,
  policies: CATALOGUE,
  journeys: [{ path: 'journey.list' }],
  segments: [{ path: 'segment.list' }],
  experiments: [{ path: 'experiment.list' }],
  models: [{ path: 'model.list' }],
  dashboards: [],
  decisions: [],
  outbox: [],
  settings: [],
};

/**
 * What the page at an address asks for first, so that it can be asked while its scripts are still on their way; none for
 * pages that need no session, or have one of their own.
 *
 * @param address path and query
 */
export function earlyReads(address: string): readonly EarlyRead[] {
  const { pathname, searchParams } = new URL(address, 'http://segue.invalid');
  const [area = '', ...rest] = pathname.slice(1).split('/');
  const reads = Object.hasOwn(BY_AREA, area) ? BY_AREA[area] : undefined;
  if (reads === undefined) return [];
  // A draft or a filter asks for something else, and history begins with the revisions.
  const other = searchParams.size > 0 || rest[0] === 'history' || rest[0] === 'drafts';
  if (other) return [WHO];
  const [encoded] = rest;
  const isCustomer = area === 'customers' && encoded !== undefined && rest.length === 1;
  return [WHO, ...reads, ...(isCustomer ? aboutCustomer(decoded(encoded)) : [])];
}

/** A part of a path as it was meant; as it stands where it was not encoded well. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
