import { describe, expect, it } from 'vitest';
import { zendeskEventsOf } from './zendesk-events.js';

const now = new Date('2026-11-22T12:00:00Z');
const call = (kind: string, detail: object, event: object = {}) => ({
  type: `zen:event-type:${kind}`,
  account_id: 12_514_403,
  id: 'call-1',
  time: '2026-11-22T11:30:00.672717030Z',
  zendesk_event_version: '2022-11-06',
  subject: 'zen:thing:1',
  detail,
  event,
});
const ticket = {
  id: '5158',
  requester_id: '77',
  description: 'Where is my parcel?',
  is_public: true,
  status: 'NEW',
  created_at: '2026-11-22T11:00:00Z',
  via: { channel: 'web_service' },
};
const comment = (given: object) =>
  call('ticket.comment_added', ticket, {
    comment: {
      id: '901',
      body: 'On its way',
      is_public: true,
      author: { id: '8', name: 'Bo', is_staff: true },
      ...given,
    },
  });

function eventsOf(raw: unknown) {
  const read = zendeskEventsOf(raw, now);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.events;
}

describe('zendeskEventsOf', () => {
  it('reads a ticket and its first words', () => {
    expect(eventsOf(call('ticket.created', ticket))).toEqual([
      {
        messageId: 'zendesk:12514403:ticket:5158:started',
        type: 'track',
        name: 'Live Chat Conversation Started',
        anonymousId: 'zendesk:12514403:77',
        timestamp: new Date('2026-11-22T11:00:00Z'),
        receivedAt: now,
        properties: { conversation_id: 'zendesk:12514403:5158' },
        traits: {},
        context: {},
      },
      expect.objectContaining({
        name: 'Live Chat Message Sent',
        properties: { conversation_id: 'zendesk:12514403:5158', message_body: 'Where is my parcel?' },
      }),
    ]);
  });

  it('takes the first words once, though Zendesk tells them as a comment, too', () => {
    const [, first] = eventsOf(call('ticket.created', ticket));
    const author = { id: '77', name: 'Ann', is_staff: false };
    const again = eventsOf(comment({ body: ticket.description, author }));
    expect(again.map(({ messageId }) => messageId)).toEqual([first?.messageId]);
    const more = eventsOf(comment({ body: 'And when?', author }));
    expect(more).toMatchObject([{ messageId: 'zendesk:12514403:ticket:5158:comment:901' }]);
  });

  it('names the agent who answered, at the time Zendesk says', () => {
    expect(eventsOf(comment({}))).toMatchObject([
      {
        name: 'Live Chat Message Received',
        anonymousId: 'zendesk:12514403:77',
        timestamp: new Date('2026-11-22T11:30:00.672Z'),
        properties: { agent_id: '8', agent_name: 'Bo', message_id: '901', message_body: 'On its way' },
      },
    ]);
  });

  it('reads each time a ticket is solved as an end, once', () => {
    const solved = call('ticket.status_changed', ticket, { current: 'SOLVED', previous: 'OPEN' });
    expect(eventsOf(solved)).toMatchObject([
      { name: 'Live Chat Conversation Ended', properties: { resolved: true, conversation_duration: 1801 } },
    ]);
    const ids = [solved, solved, { ...solved, time: '2026-11-22T11:45:00Z' }].map(
      (each) => eventsOf(each)[0]?.messageId,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('reads who a person is, and believes the id that only the shop can set', () => {
    const user = { id: '77', email: 'ann@example.org', external_id: '', role: 'end-user' };
    expect(eventsOf(call('user.created', user))).toMatchObject([
      { type: 'identify', anonymousId: 'zendesk:12514403:77', traits: { email: 'ann@example.org' } },
    ]);
    expect(eventsOf(call('user.created', user))[0]?.userId).toBeUndefined();
    expect(eventsOf(call('user.external_id_changed', { ...user, external_id: 'u-42' }))).toMatchObject([
      { userId: 'u-42' },
    ]);
  });

  it.each([
    ['4', 4],
    [2, 2],
    ['Good', 5],
    ["Bad, I'm unsatisfied", 1],
  ])('reads the rating %s as %d', (rating, score) => {
    const rated = {
      type: 'segue:rating',
      account_id: '12514403',
      ticket_id: '5158',
      requester_id: '77',
      rating,
    };
    expect(eventsOf(rated)).toMatchObject([
      {
        name: 'Survey Answered',
        anonymousId: 'zendesk:12514403:77',
        properties: { survey: 'csat', score, conversation_id: 'zendesk:12514403:5158' },
      },
    ]);
  });

  it.each([
    comment({ is_public: false }),
    call('ticket.status_changed', ticket, { current: 'CLOSED' }),
    call('ticket.tags_changed', ticket),
    call('user.created', { id: '8', email: 'bo@shop.example', external_id: '', role: 'agent' }),
    call('user.created', { id: '78', email: '', external_id: null, role: 'end-user' }),
    { type: 'segue:rating', account_id: 1, ticket_id: 2, requester_id: 3, rating: 'Offered' },
    call('article.published', {}),
  ])('finds nothing about a customer in %j', (raw) => {
    expect(eventsOf(raw)).toEqual([]);
  });

  it('is never later than now', () => {
    const late = call('ticket.created', { ...ticket, created_at: '2031-01-01T00:00:00Z' });
    expect(eventsOf(late)[0]?.timestamp).toEqual(now);
  });

  it.each([
    [call('ticket.created', { ...ticket, created_at: 'soon' }), 'detail.created_at'],
    [call('ticket.created', { ...ticket, requester_id: null }), 'detail.requester_id'],
    [comment({ author: {} }), 'event.comment.author.id'],
    [{ type: 'segue:rating' }, 'account_id'],
    [{ type: 'ping' }, 'type'],
    ['text', 'type'],
  ])('names what is wrong (%#)', (raw, path) => {
    const read = zendeskEventsOf(raw, now);
    expect(!read.ok && read.issues.map((issue) => issue.path)).toContain(path);
  });
});
