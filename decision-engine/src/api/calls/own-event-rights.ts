import type { InboundEvent } from '@segue/integrations';
import type { ApiKeyScope } from '../../access/api-key-document.js';
import { isOwnEvent, OWN_EVENTS } from '../../customers/own-events.js';
import type { ErrorIssue } from '../api-error.js';
import { type KnownCaller, requireScope } from '../caller.js';

/** What Segue alone can know. */
const ONLY_SEGUES: ReadonlySet<string> = new Set([
  OWN_EVENTS.deviceGone,
  OWN_EVENTS.messageDelivered,
  OWN_EVENTS.messageFailed,
  OWN_EVENTS.segmentEntered,
  OWN_EVENTS.segmentLeft,
]);

/**
 * What a key that stands in a page, where everybody can read it, must not do by the name of an event. Setting a
 * suppression and stating consent are left to every sender: what stops messages must not fail for a missing scope.
 */
const NEEDED: ReadonlyMap<string, ApiKeyScope> = new Map([
  [OWN_EVENTS.suppressionLifted, 'privacy:manage'],
  [OWN_EVENTS.listJoined, 'segments:write'],
  [OWN_EVENTS.listLeft, 'segments:write'],
]);

/**
 * The events whose names are Segue's own.
 * @param pathOf where a message stands in the request; `''` for the request itself
 * @throws ApiError `not_allowed` for one that needs a scope which the caller has not
 */
export function ownEventIssues(
  caller: KnownCaller,
  events: readonly InboundEvent[],
  pathOf: (index: number) => string,
): readonly ErrorIssue[] {
  return events.flatMap((event, index) => {
    if (!isOwnEvent(event)) return [];
    const { name } = event;
    const scope = NEEDED.get(name);
    if (scope !== undefined) requireScope(caller, scope);
    if (!ONLY_SEGUES.has(name)) return [];
    return {
      path: `${pathOf(index)}event`,
      expected: 'a name of your own (only Segue writes events of this name)',
      got: `"${name}"`,
    };
  });
}
