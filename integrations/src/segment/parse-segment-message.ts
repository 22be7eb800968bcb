import type { z } from 'zod';
import { correctClock } from './clock-correction.js';
import {
  INBOUND_EVENT_TYPES,
  type InboundEvent,
  type InboundEventType,
  type JsonObject,
} from './inbound-event.js';
import { describeValue, type InboundIssue } from './issue.js';
import { jsonBytes, SEGMENT_LIMITS } from './limits.js';
import { deriveMessageId } from './message-id.js';
import { consentContextSchema, MESSAGE_SCHEMAS } from './message-schema.js';
import { toSafeJson } from './safe-json.js';
import { toInboundIssues } from './zod-issues.js';

export type ParsedMessage =
  | { readonly ok: true; readonly event: InboundEvent }
  | { readonly ok: false; readonly issues: readonly InboundIssue[] };

export type ParseMessageOptions = {
  /** The type the route stands for (`/v1/track`); without it the message says. */
  readonly type?: InboundEventType;
  readonly receivedAt: Date;
  /** When the batch around it was sent, for messages without a `sentAt` of their own. */
  readonly sentAt?: Date;
  /** Its place in its batch, 0 if alone. Only tells messages with neither `messageId` nor `timestamp` apart. */
  readonly position?: number;
};

type Shape = z.output<(typeof MESSAGE_SCHEMAS)[InboundEventType]>;

function refused(path: string, expected: string, value: unknown): ParsedMessage {
  return { ok: false, issues: [{ path, expected, got: describeValue(value) }] };
}

function readType(raw: object, routeType: InboundEventType | undefined): InboundEventType | InboundIssue {
  const given: unknown = 'type' in raw ? raw.type : undefined;
  if (routeType !== undefined && (given === undefined || given === null || given === routeType))
    return routeType;
  const known = routeType === undefined ? INBOUND_EVENT_TYPES.find((type) => type === given) : undefined;
  const expected = routeType === undefined ? `one of ${INBOUND_EVENT_TYPES.join(', ')}` : `"${routeType}"`;
  return known ?? { path: 'type', expected, got: describeValue(given) };
}

function nameOf(message: Shape): string {
  if ('event' in message) return message.event;
  return 'name' in message ? message.name : '';
}

/** A page's or screen's category is sent beside its properties; it is kept with them. */
function withCategory(properties: JsonObject, message: Shape): JsonObject {
  if (!('category' in message) || message.category === '' || Object.hasOwn(properties, 'category'))
    return properties;
  return { ...properties, category: message.category };
}

type Body = { properties: JsonObject; traits: JsonObject; context: JsonObject };

function readBody(message: Shape): { ok: true; body: Body } | { ok: false; issues: InboundIssue[] } {
  const properties = toSafeJson(message.properties, 'properties');
  const traits = toSafeJson(message.traits, 'traits');
  const context = toSafeJson(message.context, 'context');
  if (properties.ok && traits.ok && context.ok) {
    const consent = consentContextSchema.safeParse(message.context ?? {});
    if (!consent.success) {
      const issues = toInboundIssues(consent.error, message.context);
      return { ok: false, issues: issues.map((issue) => ({ ...issue, path: `context.${issue.path}` })) };
    }
    return { ok: true, body: { properties: properties.value, traits: traits.value, context: context.value } };
  }
  return {
    ok: false,
    issues: [properties, traits, context].flatMap((part) => (part.ok ? [] : [part.issue])),
  };
}

function identitiesOf(
  message: Shape,
): Pick<InboundEvent, 'userId' | 'anonymousId' | 'previousId' | 'groupId'> {
  return {
    ...(message.userId === undefined ? {} : { userId: message.userId }),
    ...(message.anonymousId === undefined ? {} : { anonymousId: message.anonymousId }),
    ...('previousId' in message ? { previousId: message.previousId } : {}),
    ...('groupId' in message ? { groupId: message.groupId } : {}),
  };
}

/**
 * Reads one message of the Segment spec. What is wrong with it is answered, not thrown, with every field named.
 * Accepted besides what the spec says: whole numbers as ids, `null` for absent fields, `properties` of any JSON.
 */
export function parseSegmentMessage(raw: unknown, options: ParseMessageOptions): ParsedMessage {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return refused('', 'an object', raw);
  const type = readType(raw, options.type);
  if (typeof type !== 'string') return { ok: false, issues: [type] };
  const parsed = MESSAGE_SCHEMAS[type].safeParse(raw);
  if (!parsed.success) return { ok: false, issues: toInboundIssues(parsed.error, raw) };
  const message: Shape = parsed.data;
  const read = readBody(message);
  if (!read.ok) return read;
  const bytes = jsonBytes(raw);
  if (bytes > SEGMENT_LIMITS.eventBytes) {
    return refused('', `at most ${SEGMENT_LIMITS.eventBytes} bytes (32 KB) of JSON`, bytes);
  }

  const { receivedAt } = options;
  const sentAt = message.sentAt ?? options.sentAt;
  // `originalTimestamp` says that Segment has corrected `timestamp` before it passed the message on.
  const clock = message.originalTimestamp === undefined ? sentAt : undefined;
  const name = nameOf(message);
  const ids = identitiesOf(message);
  const properties = withCategory(read.body.properties, message);
  const { traits, context } = read.body;
  const content = { type, name, ...ids, timestamp: message.timestamp, properties, traits, context };
  const messageId =
    message.messageId ??
    deriveMessageId(
      { timestamp: message.timestamp, content },
      { receivedAt, position: options.position ?? 0 },
    );
  const timestamp = correctClock({ timestamp: message.timestamp, sentAt: clock, receivedAt });
  const event = { ...content, messageId, timestamp, receivedAt };
  return { ok: true, event: sentAt === undefined ? event : { ...event, sentAt } };
}
