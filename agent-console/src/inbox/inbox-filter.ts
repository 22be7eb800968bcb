import type { InboxFilter, InboxItem } from '../engine/engine-types';
import { bandWords, kindWords } from './inbox-words';

type Kind = InboxItem['kind'];
type Band = NonNullable<InboxFilter['bands']>[number];
type Looked = NonNullable<InboxFilter['assigned']>;

export const KINDS: readonly Kind[] = ['unhappy', 'delivery', 'basket', 'leaving', 'active'];
export const BANDS: readonly Band[] = ['likely', 'watch', 'unlikely'];
export const LOOKED: readonly Looked[] = ['me', 'nobody', 'others'];

/** The names under which a filter stands in the address. */
const NAMES = ['why', 'leaving', 'for', 'segment', 'wrote', 'worth'] as const;

/** The filter that an address asks for; what it can't mean is left out. @param search as of `location.search` */
export function filterOf(search: string): InboxFilter {
  const params = new URLSearchParams(search);
  const several = <Value extends string>(name: string, known: readonly Value[]): Value[] => {
    const told = new Set((params.get(name) ?? '').split(','));
    return known.filter((each) => told.has(each));
  };
  const [kinds, bands] = [several('why', KINDS), several('leaving', BANDS)];
  const assigned = LOOKED.find((each) => each === params.get('for'));
  const [segment, channel] = [params.get('segment') ?? '', params.get('wrote') ?? ''];
  const worth = Number(params.get('worth') ?? '');
  return {
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(bands.length === 0 ? {} : { bands }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(segment === '' || segment.length > 80 ? {} : { segment }),
    ...(/^[a-z][a-z-]{0,30}$/.test(channel) ? { channel } : {}),
    ...(worth > 0 && worth <= 1_000_000_000 ? { worth } : {}),
  };
}

/** A filter as it stands in the address, always the same for the same filter; '' for none. */
export function searchOf({ kinds, bands, assigned, segment, channel, worth }: InboxFilter): string {
  const values: Record<(typeof NAMES)[number], string> = {
    why: KINDS.filter((each) => kinds?.includes(each)).join(','),
    leaving: BANDS.filter((each) => bands?.includes(each)).join(','),
    for: assigned ?? '',
    segment: segment ?? '',
    wrote: channel ?? '',
    worth: worth === undefined ? '' : String(worth),
  };
  const params = new URLSearchParams();
  for (const name of NAMES) if (values[name] !== '') params.set(name, values[name]);
  // Commas need no escape in a query, and people read addresses.
  return params.toString().replaceAll('%2C', ',');
}

/** An address with another filter in it; everything else of it stays. */
export function withFilter(search: string, filter: string): string {
  const params = new URLSearchParams(search);
  for (const name of NAMES) params.delete(name);
  const rest = params.toString();
  return [rest, filter].filter((part) => part !== '').join('&');
}

/** One thing a filter asks for: in words, and the filter without it. */
export type FilterPart = { readonly key: string; readonly words: string; readonly without: InboxFilter };

/** What a filter asks for, one by one. @param segmentName names a segment by its id */
export function filterParts(
  filter: InboxFilter,
  segmentName: (segmentId: string) => string,
): readonly FilterPart[] {
  const { kinds, bands, assigned, segment, channel, worth } = filter;
  const without = (name: keyof InboxFilter): InboxFilter => {
    const { [name]: _, ...rest } = filter;
    return rest;
  };
  const part = (key: keyof InboxFilter, words: string): FilterPart[] => [
    { key, words, without: without(key) },
  ];
  return [
    ...(assigned === undefined ? [] : part('assigned', lookedWords(assigned))),
    ...(kinds === undefined ? [] : part('kinds', kinds.map(kindWords).join(' or '))),
    ...(bands === undefined ? [] : part('bands', bands.map(bandWords).join(' or '))),
    ...(segment === undefined ? [] : part('segment', segmentName(segment))),
    ...(channel === undefined ? [] : part('channel', `Wrote by ${channelName(channel)}`)),
    ...(worth === undefined ? [] : part('worth', `Worth ${worth} or more`)),
  ];
}

export function lookedWords(assigned: Looked): string {
  switch (assigned) {
    case 'me':
      return 'Mine';
    case 'nobody':
      return 'Nobody’s';
    case 'others':
      return 'Colleagues’';
  }
}

export function channelName(channel: string): string {
  return channel === 'sms' ? 'SMS' : channel === 'whatsapp' ? 'WhatsApp' : channel;
}
