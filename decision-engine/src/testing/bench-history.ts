import type { ContactEntry } from '../decide/decision-profile.js';
import { contactOf, NOON } from './decision-fixtures.js';

/** 60 contacts over the last half year, two of them in the last week. */
export function benchHistory(): ContactEntry[] {
  return Array.from({ length: 60 }, (_, index) =>
    contactOf(`action-${index % 50}`, {
      at: new Date(NOON.getTime() - (index + 1) * 3 * 86_400_000),
      outcome: index % 4 === 0 ? 'rejected' : 'shown',
      groupId: `group-${index % 7}`,
      issueId: `issue-${index % 3}`,
    }),
  );
}
