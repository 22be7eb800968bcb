import { describe, expect, it } from 'vitest';
import { chatwootEventsOf } from './chatwoot-events.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');
const seconds = (time: string) => new Date(time).getTime() / 1000;
const sender = {
  id: 9,
  name: 'Ann',
  email: 'ann@example.org',
  phone_number: '+4915112345678',
  identifier: 'u42',
  type: 'contact',
};
const conversation = {
  id: 7,
  inbox_id: 1,
  channel: 'Channel::WebWidget',
  status: 'open',
  created_at: seconds('2025-06-01T11:00:00Z'),
  updated_at: seconds('2025-06-01T11:30:00Z') + 0.25,
  meta: { sender, assignee: { id: 3, name: 'Bo', type: 'user' }, hmac_verified: false },
};
const account = { id: 1, name: 'Shop' };
const message = {
  event: 'message_created',
  id: 501,
  content: 'Where is my parcel?',
  content_type: 'text',
  created_at: '2025-06-01T11:05:00.000Z',
  message_type: 'incoming',
  private: false,
  sender: { id: 9, name: 'Ann', type: 'contact' },
  conversation,
  account,
};

function eventsOf(raw: unknown) {
  const read = chatwootEventsOf(raw, receivedAt);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.events;
}

describe('chatwootEventsOf', () => {
  it('reads a message of the customer', () => {
    expect(eventsOf(message)).toEqual([
      {
        messageId: 'chatwoot:1:message:501',
        type: 'track',
        name: 'Live Chat Message Sent',
        anonymousId: 'chatwoot:1:9',
        timestamp: new Date('2025-06-01T11:05:00Z'),
        receivedAt,
        properties: {
          conversation_id: 'chatwoot:1:7',
          agent_id: '3',
          agent_name: 'Bo',
          message_id: '501',
          message_body: 'Where is my parcel?',
        },
        traits: {},
        context: {},
      },
    ]);
  });

  it('names the agent who answered, who need not be the one assigned', () => {
    const answer = { ...message, message_type: 'outgoing', sender: { id: 4, name: 'Cy', type: 'user' } };
    expect(eventsOf(answer)).toMatchObject([
      { name: 'Live Chat Message Received', properties: { agent_id: '4', agent_name: 'Cy' } },
    ]);
  });

  it('reads the start and each end of a conversation', () => {
    expect(eventsOf({ ...conversation, event: 'conversation_created', account })).toMatchObject([
      {
        messageId: 'chatwoot:1:conversation:7:started',
        name: 'Live Chat Conversation Started',
        timestamp: new Date('2025-06-01T11:00:00Z'),
      },
    ]);
    const resolved = { ...conversation, event: 'conversation_status_changed', status: 'resolved', account };
    const again = { ...resolved, updated_at: conversation.updated_at + 60 };
    expect(eventsOf(resolved)).toMatchObject([
      { name: 'Live Chat Conversation Ended', properties: { resolved: true, conversation_duration: 1800 } },
    ]);
    expect(new Set([resolved, resolved, again].map((call) => eventsOf(call)[0]?.messageId)).size).toBe(2);
  });

  it('reads the answer to a satisfaction survey', () => {
    const survey = {
      event: 'message_updated',
      id: 777,
      content_type: 'input_csat',
      content_attributes: {
        submitted_values: { csat_survey_response: { rating: 4, feedback_message: 'quick' } },
      },
      conversation,
      account,
    };
    expect(eventsOf(survey)).toMatchObject([
      {
        name: 'Survey Answered',
        properties: { survey: 'csat', score: 4, comment: 'quick', conversation_id: 'chatwoot:1:7' },
      },
    ]);
    expect(eventsOf({ ...survey, content_attributes: {} })).toEqual([]);
    expect(eventsOf({ ...survey, content_type: 'text' })).toEqual([]);
  });

  it.each([
    { ...message, private: true },
    { ...message, message_type: 'activity' },
    { ...message, message_type: 'template' },
    { ...conversation, event: 'conversation_status_changed', account },
    { event: 'conversation_typing_on' },
  ])('finds nothing about the customer in %j', (call) => {
    expect(eventsOf(call)).toEqual([]);
  });

  it('believes an identifier only where the shop has vouched for it', () => {
    const vouched = {
      ...message,
      conversation: { ...conversation, meta: { ...conversation.meta, hmac_verified: true } },
    };
    expect(eventsOf(message)[0]?.userId).toBeUndefined();
    expect(eventsOf(vouched)).toMatchObject([
      {
        type: 'identify',
        userId: 'u42',
        anonymousId: 'chatwoot:1:9',
        traits: { email: 'ann@example.org', phone: '+4915112345678', name: 'Ann' },
      },
      { type: 'track', userId: 'u42', anonymousId: 'chatwoot:1:9' },
    ]);
  });

  it('believes an address where the channel itself carries it', () => {
    const over = (channel: string) =>
      eventsOf({ ...message, conversation: { ...conversation, channel } }).map(({ traits }) => traits);
    expect(over('Channel::Email')).toEqual([{ email: 'ann@example.org', name: 'Ann' }, {}]);
    expect(over('Channel::Whatsapp')).toEqual([{ phone: '+4915112345678', name: 'Ann' }, {}]);
    expect(over('Channel::WebWidget')).toEqual([{}]);
  });

  it('reads times as Rails writes them and never later than now', () => {
    const at = (created_at: unknown) => eventsOf({ ...message, created_at })[0]?.timestamp.toISOString();
    expect(at('2020-03-03 13:05:57 UTC')).toBe('2020-03-03T13:05:57.000Z');
    expect(at(1_583_240_757)).toBe('2020-03-03T13:05:57.000Z');
    expect(at('2031-01-01T00:00:00Z')).toBe(receivedAt.toISOString());
  });

  it.each([
    [{ ...message, created_at: 'soon' }, 'created_at'],
    [{ ...message, conversation: {} }, 'conversation.id'],
    [{}, 'event'],
    ['text', 'event'],
  ])('names what is wrong (%#)', (raw, path) => {
    const read = chatwootEventsOf(raw, receivedAt);
    expect(!read.ok && read.issues.map((issue) => issue.path)).toContain(path);
  });
});
