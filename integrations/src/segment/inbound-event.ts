/** A value that survives JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export const INBOUND_EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type InboundEventType = (typeof INBOUND_EVENT_TYPES)[number];

/**
 * One validated event on its way in: checked, with safe keys (see `escapeKeys`) and a corrected clock, but not yet
 * joined to a customer. Every inbound format (Segment's API, order files) ends in this shape.
 */
export type InboundEvent = {
  /** Makes the event idempotent; the sender's own, or a hash where the sender gave none. */
  readonly messageId: string;
  readonly type: InboundEventType;
  /** `track`: the event's name; `page` and `screen`: the page's name or ''; otherwise ''. */
  readonly name: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  /** `alias` only: the identity that `userId` replaces. */
  readonly previousId?: string;
  /** `group` only. */
  readonly groupId?: string;
  /** When it happened, corrected for the sender's clock. */
  readonly timestamp: Date;
  readonly sentAt?: Date;
  readonly receivedAt: Date;
  /** `track`, `page`, `screen`; `{}` for the others. */
  readonly properties: JsonObject;
  /** `identify`, `group`; `{}` for the others. */
  readonly traits: JsonObject;
  readonly context: JsonObject;
};
