/** A question of the tRPC API that a page begins with. */
export type EarlyRead = { readonly path: string; readonly input?: unknown };

/** What tells an early read from others, in the page and in its script alike. */
export const earlyKey = ({ path, input }: EarlyRead): string => `${path} ${JSON.stringify(input ?? null)}`;

const WHO: EarlyRead = { path: 'session.me' };
const CATALOGUE: readonly EarlyRead[] = [{ path: 'catalogue.get' }, { path: 'catalogue.drafts' }];

/** First parts of the paths whose pages begin with these questions, whatever comes behind. */
const BY_AREA: Readonly<Record<string, readonly EarlyRead[]>> = {
  '': [],
  customers: [],
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
  // A draft is shown in place of what is in force; history begins with the revisions.
  const other = searchParams.has('draft') || rest[0] === 'history' || rest[0] === 'drafts';
  return other ? [WHO] : [WHO, ...reads];
}
