import { FIRST_WINDOW, windowOf } from '../dashboards/windows';

/** A question of the tRPC API that a page begins with; a mutation where the engine keeps what it answers. */
export type EarlyRead = {
  readonly path: string;
  readonly input?: unknown;
  readonly type?: 'query' | 'mutation';
  /** Takes long to work out: the others' answers don't wait for it. */
  readonly slow?: true;
};

/** What tells an early read from others, in the page and in its script alike. */
export const earlyKey = ({ path, input, type = 'query' }: EarlyRead): string =>
  `${type} ${path} ${JSON.stringify(input ?? null)}`;

/** What fills a screen and a half; more is read as one scrolls. */
export const TIMELINE_START = 24;
export const MOST_RUNS = 6;
export const INBOX_PAGE = 60;
/** The first page of a queue that shows everybody. */
export const WHOLE_QUEUE = {
  path: 'inbox.list',
  input: { limit: INBOX_PAGE, filter: {} },
} as const satisfies EarlyRead;

/** What the queue begins with where nothing is filtered. */
const INBOX: readonly EarlyRead[] = [{ path: 'inbox.views' }, WHOLE_QUEUE];

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
  segments: [{ path: 'segment.list', slow: true }],
  experiments: [{ path: 'experiment.list' }],
  models: [{ path: 'model.list' }],
  dashboards: [{ path: 'experiment.list' }],
  decisions: [],
  outbox: [{ path: 'outbox.list', input: {} }],
  settings: [],
};

const OF_SETTINGS: Readonly<Record<string, EarlyRead>> = {
  profile: { path: 'profile.get' },
  people: { path: 'people.list' },
  keys: { path: 'key.list' },
  channels: { path: 'channel.list' },
  privacy: { path: 'privacy.list' },
};

/** What the page of one of an area's things, or a part of an area, begins with beside. */
function ofPart(area: string, part: string): readonly EarlyRead[] {
  switch (area) {
    case 'customers':
      return aboutCustomer(part);
    case 'segments':
      return [{ path: 'segment.get', input: { segmentId: part } }];
    case 'journeys':
      return part === 'new' ? [] : [{ path: 'journey.get', input: { journeyId: part } }];
    case 'decisions':
      return [{ path: 'decision.get', input: { decisionId: part } }];
    case 'settings': {
      const read = Object.hasOwn(OF_SETTINGS, part) ? OF_SETTINGS[part] : undefined;
      return read === undefined ? [] : [read];
    }
    default:
      return [];
  }
}

/**
 * What the page at an address asks for first, so that it can be asked while its scripts are still on their way; none for
 * pages that need no session, or have one of their own.
 *
 * @param address path and query
 * @param now milliseconds since the epoch; dashboards end with its last full hour
 */
export function earlyReads(address: string, now: number): readonly EarlyRead[] {
  const { pathname, searchParams } = new URL(address, 'http://segue.invalid');
  const [area = '', ...rest] = pathname.slice(1).split('/');
  const reads = Object.hasOwn(BY_AREA, area) ? BY_AREA[area] : undefined;
  if (reads === undefined) return [];
  // A draft or a filter asks for something else, and history begins with the revisions.
  const other = searchParams.size > 0 || rest[0] === 'history' || rest[0] === 'drafts';
  if (other) return [WHO];
  const [part] = rest;
  if (area === 'decisions' && part === undefined) return [WHO, { path: 'decision.list', input: {} }];
  const measures: readonly EarlyRead[] =
    area === 'dashboards' ? [{ path: 'measure.report', input: windowOf(now, FIRST_WINDOW), slow: true }] : [];
  return [
    WHO,
    ...reads,
    ...measures,
    ...(part === undefined || rest.length > 1 ? [] : ofPart(area, decoded(part))),
  ];
}

/** A part of a path as it was meant; as it stands where it was not encoded well. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
