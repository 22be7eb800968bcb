import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import { describeValue, type InboundIssue } from '../segment/issue.js';
import { toInboundIssues } from '../segment/zod-issues.js';
import { contactIdentity, identifyContact } from './contact-identity.js';
import { CHATWOOT_CALLS, type ChatwootCall, type ChatwootConversation, surveyAnswerOf } from './payload.js';

export type ChatwootEvents =
  /** Empty for calls that tell nothing about a customer: private notes, typing, settings. */
  | { readonly ok: true; readonly events: readonly InboundEvent[] }
  | { readonly ok: false; readonly issues: readonly InboundIssue[] };

type Happening = {
  readonly conversation: ChatwootConversation;
  readonly accountId: number;
  readonly receivedAt: Date;
  /** The part of the messageId after the account. */
  readonly key: string;
  readonly name: string;
  readonly at: Date;
  readonly properties: JsonObject;
};

function eventsOf({
  conversation,
  accountId,
  receivedAt,
  key,
  name,
  at,
  properties,
}: Happening): InboundEvent[] {
  const timestamp = at.getTime() > receivedAt.getTime() ? receivedAt : at;
  const identify = identifyContact(conversation, { accountId, at: timestamp, receivedAt });
  const { assignee } = conversation.meta;
  const track: InboundEvent = {
    messageId: `chatwoot:${accountId}:${key}`,
    type: 'track',
    name,
    ...contactIdentity(conversation, accountId),
    timestamp,
    receivedAt,
    properties: {
      conversation_id: `chatwoot:${accountId}:${conversation.id}`,
      ...(assignee ? { agent_id: String(assignee.id), agent_name: assignee.name } : {}),
      ...properties,
    },
    traits: {},
    context: {},
  };
  return identify ? [identify, track] : [track];
}

type Rest = Pick<Happening, 'key' | 'name' | 'at' | 'properties'>;

function messageHappening(call: ChatwootCall['message_created']): Rest | undefined {
  const spoken = call.message_type === 'incoming' || call.message_type === 'outgoing';
  if (call.private || !spoken) return undefined;
  // Segment's names are the customer's side of it: the customer sends, or receives.
  const byCustomer = call.message_type === 'incoming';
  const agent =
    !byCustomer && call.sender ? { agent_id: String(call.sender.id), agent_name: call.sender.name } : {};
  return {
    key: `message:${call.id}`,
    name: byCustomer ? 'Live Chat Message Sent' : 'Live Chat Message Received',
    at: call.created_at,
    properties: { ...agent, message_id: String(call.id), message_body: call.content },
  };
}

function statusHappening(
  call: ChatwootCall['conversation_status_changed'],
  receivedAt: Date,
): Rest | undefined {
  if (call.status !== 'resolved') return undefined;
  const at = call.updated_at ?? receivedAt;
  // A conversation may be reopened and resolved again: each time is an event, a repeated call is not.
  return {
    key: `conversation:${call.id}:ended:${at.getTime()}`,
    name: 'Live Chat Conversation Ended',
    at,
    properties: {
      resolved: true,
      ...(call.created_at
        ? {
            conversation_duration: Math.max(0, Math.round((at.getTime() - call.created_at.getTime()) / 1000)),
          }
        : {}),
    },
  };
}

function surveyHappening(call: ChatwootCall['message_updated'], receivedAt: Date): Rest | undefined {
  const answer = surveyAnswerOf(call);
  if (!answer) return undefined;
  const { score, comment } = answer;
  return {
    // An answer that is given again, or completed with a comment, is another event.
    key: `survey:${call.id}:${createHash('sha256').update(`${score} ${comment}`).digest('hex').slice(0, 16)}`,
    name: 'Survey Answered',
    at: call.updated_at ?? receivedAt,
    properties: { survey: 'csat', score, ...(comment === '' ? {} : { comment }) },
  };
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  use: (call: z.output<Schema>) => InboundEvent[],
): ChatwootEvents {
  const result = schema.safeParse(raw);
  if (result.success) return { ok: true, events: use(result.data) };
  return { ok: false, issues: toInboundIssues(result.error, raw) };
}

/**
 * Reads a webhook call of Chatwoot, whose signature has been checked (`checkChatwootCall`), as Segment's Live Chat events:
 * conversation started and ended, message sent and received, and `Survey Answered` for its CSAT. Repeated calls give the
 * same messageIds.
 */
export function chatwootEventsOf(raw: unknown, receivedAt: Date): ChatwootEvents {
  const event: unknown = typeof raw === 'object' && raw !== null && 'event' in raw ? raw.event : undefined;
  const happened = (conversation: ChatwootConversation, accountId: number, rest: Rest | undefined) =>
    rest ? eventsOf({ conversation, accountId, receivedAt, ...rest }) : [];
  switch (event) {
    case 'conversation_created':
      return parsed(CHATWOOT_CALLS.conversation_created, raw, (call) =>
        happened(call, call.account.id, {
          key: `conversation:${call.id}:started`,
          name: 'Live Chat Conversation Started',
          at: call.created_at ?? receivedAt,
          properties: {},
        }),
      );
    case 'conversation_status_changed':
      return parsed(CHATWOOT_CALLS.conversation_status_changed, raw, (call) =>
        happened(call, call.account.id, statusHappening(call, receivedAt)),
      );
    case 'message_created':
      return parsed(CHATWOOT_CALLS.message_created, raw, (call) =>
        happened(call.conversation, call.account.id, messageHappening(call)),
      );
    case 'message_updated':
      return parsed(CHATWOOT_CALLS.message_updated, raw, (call) =>
        happened(call.conversation, call.account.id, surveyHappening(call, receivedAt)),
      );
    default:
      if (typeof event === 'string') return { ok: true, events: [] };
      return {
        ok: false,
        issues: [{ path: 'event', expected: 'the name of a Chatwoot event', got: describeValue(event) }],
      };
  }
}
