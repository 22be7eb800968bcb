/** A value that survives JSON. Dates inside properties travel as ISO 8601 strings. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * Something that happened to one customer, in the Segment spec's words, after validation and identity resolution.
 * It is what features are computed from, in training and in serving alike.
 */
export type SegueEvent = {
  /** Makes the event idempotent: the same messageId is counted once. */
  readonly messageId: string;
  readonly type: EventType;
  /** `track`: the event's name ("Order Completed"); `page` and `screen`: the page's name or ''; otherwise ''. */
  readonly name: string;
  /** When it happened, corrected for the sender's clock. */
  readonly timestamp: Date;
  /** `track`, `page`, `screen`: properties; `identify`, `group`: traits. */
  readonly properties: JsonObject;
  /** Segment's `context` (page, campaign, locale, consent …), `{}` where there is none. */
  readonly context: JsonObject;
};

/** All events of one customer, oldest first. */
export type CustomerHistory = {
  readonly customerId: string;
  readonly events: readonly SegueEvent[];
};
