import type { z } from 'zod';
import type { InboundEvent, JsonObject, JsonValue } from '../segment/inbound-event.js';
import type { InboundIssue } from '../segment/issue.js';
import { toInboundIssues } from '../segment/zod-issues.js';

/** What a call of a shop or help desk makes of itself; the rest of an event is the same for all. */
export type MadeEvent = Pick<InboundEvent, 'messageId' | 'type' | 'name' | 'timestamp' | 'context'> &
  Partial<Pick<InboundEvent, 'userId' | 'anonymousId' | 'properties' | 'traits'>>;

export type ReadCall<Event> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly issues: readonly InboundIssue[] };

/** What of these is known: nobody's telling is no word that it is nothing. */
export function told(values: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, JsonValue][] =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );
}

/** The events of a call, none of them later than now. @param body what was read */
export function wholeEvents(
  read: z.ZodSafeParseResult<MadeEvent[]>,
  body: unknown,
  now: Date,
): ReadCall<InboundEvent> {
  if (!read.success) return { ok: false, issues: toInboundIssues(read.error, body) };
  return {
    ok: true,
    events: read.data.map((event) => ({
      properties: {},
      traits: {},
      ...event,
      timestamp: event.timestamp > now ? now : event.timestamp,
      receivedAt: now,
    })),
  };
}
