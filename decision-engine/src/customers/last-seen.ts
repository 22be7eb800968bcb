import type { Profile } from './profile.js';

/** When the customer last did something. What we showed them doesn't count, unless there is nothing else. */
export function lastSeenOf({
  lastBehaviourAt,
  lastSeenAt,
}: Pick<Profile, 'lastBehaviourAt' | 'lastSeenAt'>): Date {
  return lastBehaviourAt ?? lastSeenAt;
}
