import type { JsonValue, SegueEvent } from '@segue/models';
import { ABOUT_KEPT, type Profile } from './profile.js';

/** In this order: what somebody looked for says more than where they looked. */
const TELLING = ['query', 'title', 'path', 'url', 'name', 'category', 'brand', 'list_id', 'coupon', 'topic'];

function words(value: JsonValue | undefined): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/** What an event was about, in lower case, for conditions on searches, pages and products; undefined where it tells nothing. */
export function subjectOf(event: SegueEvent): string | undefined {
  const told = TELLING.flatMap((key) => words(event.properties[key]));
  const about = told.join(' ').toLowerCase().slice(0, ABOUT_KEPT);
  return about === '' ? undefined : about;
}

/** The page the customer is on after an event; an older event changes nothing. */
export function pageAfter(known: Profile['page'], event: SegueEvent): Profile['page'] {
  if (event.type !== 'page' && event.type !== 'screen') return known;
  if (known !== null && event.timestamp.getTime() < known.at.getTime()) return known;
  const [path] = [...words(event.properties['path']), ...words(event.properties['url']), event.name];
  return path === undefined || path === '' ? known : { path: path.slice(0, 500), at: event.timestamp };
}
