import type { SegueEvent } from '@segue/models';
import { OWN_EVENTS } from './own-events.js';
import type { ListEntry, Profile } from './profile.js';
import { textIn } from './text-in.js';

/** Which lists the customer is on after an event; `{}` where it says nothing of lists. */
export function listsAfter({ lists = [] }: Profile, event: SegueEvent): Pick<Profile, 'lists'> {
  const joined = event.name === OWN_EVENTS.listJoined;
  if (event.type !== 'track' || !(joined || event.name === OWN_EVENTS.listLeft)) return {};
  const listId = textIn(event.properties, 'list');
  if (listId === undefined) return {};
  const before = lists.find((entry) => entry.listId === listId);
  if (before !== undefined && before.at.getTime() > event.timestamp.getTime()) return {};
  const entry: ListEntry = { listId, member: joined, at: event.timestamp };
  return { lists: [...lists.filter((each) => each !== before), entry] };
}

/** The lists a customer is on. */
export function listsOf({ lists = [] }: Pick<Profile, 'lists'>): readonly string[] {
  return lists.flatMap(({ listId, member }) => (member ? [listId] : []));
}
