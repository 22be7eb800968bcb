import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import { type MadeEvent, type ReadCall, told, wholeEvents } from '../shop-calls/made-event.js';
import { ZENDESK_CALLS, type ZendeskCall } from './zendesk-calls.js';

const PREFIX = 'zen:event-type:';

type About = {
  readonly account: string;
  readonly ticketId: string;
  readonly requesterId: string;
};
type Happening = {
  /** The part of the messageId after the ticket. */
  readonly key: string;
  readonly name: string;
  readonly timestamp: Date;
  readonly properties?: JsonObject;
};

function happened({ account, ticketId, requesterId }: About, { key, properties, ...rest }: Happening) {
  return {
    messageId: `zendesk:${account}:ticket:${ticketId}:${key}`,
    type: 'track',
    anonymousId: `zendesk:${account}:${requesterId}`,
    ...rest,
    properties: { conversation_id: `zendesk:${account}:${ticketId}`, ...properties },
    context: {},
  } satisfies MadeEvent;
}

function aboutTicket({ account_id: account, detail }: ZendeskCall['ticket.created']): About {
  return { account, ticketId: detail.id, requesterId: detail.requester_id };
}

/** The first words of a ticket come with the ticket, and again as a comment: as one event. */
const FIRST_WORDS = 'first-words';

function created(call: ZendeskCall['ticket.created']): MadeEvent[] {
  const { description, is_public: isPublic, created_at: timestamp } = call.detail;
  const about = aboutTicket(call);
  const started = happened(about, { key: 'started', name: 'Live Chat Conversation Started', timestamp });
  if (description === '' || !isPublic) return [started];
  return [
    started,
    happened(about, {
      key: FIRST_WORDS,
      name: 'Live Chat Message Sent',
      timestamp,
      properties: { message_body: description },
    }),
  ];
}

function commented(call: ZendeskCall['ticket.comment_added']): MadeEvent[] {
  const { id, body, is_public: isPublic, author } = call.event.comment;
  if (!isPublic) return [];
  // Segment's names are the customer's side of it: the customer sends, or receives.
  const byCustomer = !author.is_staff;
  const isFirst = byCustomer && body === call.detail.description;
  return [
    happened(aboutTicket(call), {
      key: isFirst ? FIRST_WORDS : `comment:${id}`,
      name: byCustomer ? 'Live Chat Message Sent' : 'Live Chat Message Received',
      timestamp: call.time,
      properties: {
        ...(byCustomer ? {} : { agent_id: author.id, agent_name: author.name }),
        message_id: id,
        message_body: body,
      },
    }),
  ];
}

function statusChanged(call: ZendeskCall['ticket.status_changed']): MadeEvent[] {
  // Zendesk closes solved tickets by itself, days later: that ends nothing.
  if (call.event.current.toLowerCase() !== 'solved') return [];
  const { time, detail } = call;
  const seconds = Math.max(0, Math.round((time.getTime() - detail.created_at.getTime()) / 1000));
  return [
    happened(aboutTicket(call), {
      // Solved again after it was opened again is another event; a call that is repeated is not.
      key: `solved:${time.getTime()}`,
      name: 'Live Chat Conversation Ended',
      timestamp: time,
      properties: { resolved: true, conversation_duration: seconds },
    }),
  ];
}

/** Only programs of the shop's can set an `external_id`: it is the user id. */
function person({ account_id: account, time, detail }: ZendeskCall['user']): MadeEvent[] {
  const { id, email, external_id: userId, role } = detail;
  if (role !== 'end-user' || (email === '' && userId === '')) return [];
  const said = createHash('sha256')
    .update(JSON.stringify([email, userId]))
    .digest('hex')
    .slice(0, 32);
  return [
    {
      messageId: `zendesk:${account}:user:${id}:${said}`,
      type: 'identify',
      name: '',
      anonymousId: `zendesk:${account}:${id}`,
      ...(userId === '' ? {} : { userId }),
      timestamp: time,
      context: {},
      traits: told({ email: email === '' ? undefined : email }),
    },
  ];
}

/** From 1 to 5; Zendesk's older surveys know good and bad only. */
function scoreOf(rating: string): number | null {
  if (/^[1-5]$/.test(rating)) return Number(rating);
  if (/^good\b/i.test(rating)) return 5;
  return /^bad\b/i.test(rating) ? 1 : null;
}

function rated(call: ZendeskCall['rating'], now: Date): MadeEvent[] {
  const score = scoreOf(call.rating);
  // Offered and not answered is no answer.
  if (score === null) return [];
  const { account_id: account, ticket_id: ticketId, requester_id: requesterId } = call;
  return [
    happened(
      { account, ticketId, requesterId },
      {
        key: `rated:${score}`,
        name: 'Survey Answered',
        timestamp: now,
        properties: { survey: 'csat', score },
      },
    ),
  ];
}

function kindOf(body: unknown): string {
  const type: unknown = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
  if (type === 'segue:rating') return 'rating';
  if (typeof type !== 'string' || !type.startsWith(PREFIX)) return '';
  const kind = type.slice(PREFIX.length);
  return kind.startsWith('user.') ? 'user' : kind;
}

/**
 * Reads a webhook call of Zendesk, whose signature has been checked (`checkZendeskCall`), as Segment's Live Chat events:
 * a ticket that is opened and solved, public comments of the customer and of agents, `Survey Answered` for ratings, and
 * `identify` for people. Repeated calls give the same messageIds; calls about anything else give nothing.
 */
export function zendeskEventsOf(body: unknown, now: Date): ReadCall<InboundEvent> {
  const read = <Schema extends z.ZodType>(
    schema: Schema,
    use: (call: z.output<Schema>) => MadeEvent[],
  ): ReadCall<InboundEvent> => wholeEvents(schema.transform(use).safeParse(body), body, now);
  switch (kindOf(body)) {
    case 'ticket.created':
      return read(ZENDESK_CALLS['ticket.created'], created);
    case 'ticket.comment_added':
      return read(ZENDESK_CALLS['ticket.comment_added'], commented);
    case 'ticket.status_changed':
      return read(ZENDESK_CALLS['ticket.status_changed'], statusChanged);
    case 'user':
      return read(ZENDESK_CALLS.user, person);
    case 'rating':
      return read(ZENDESK_CALLS.rating, (call) => rated(call, now));
    case '':
      return {
        ok: false,
        issues: [
          { path: 'type', expected: 'an event type of Zendesk, or "segue:rating"', got: 'something else' },
        ],
      };
    default:
      return { ok: true, events: [] };
  }
}
