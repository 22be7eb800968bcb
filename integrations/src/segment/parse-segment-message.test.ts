import { describe, expect, it } from 'vitest';
import { consentOf } from './consent.js';
import { formatIssue } from './issue.js';
import { type ParseMessageOptions, parseSegmentMessage } from './parse-segment-message.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');
const track = { type: 'track', event: 'Product Added', userId: 'u1', messageId: 'm1' };

function eventOf(raw: unknown, options: Partial<ParseMessageOptions> = {}) {
  const parsed = parseSegmentMessage(raw, { receivedAt, ...options });
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join('; '));
  return parsed.event;
}

function complaintsAbout(raw: unknown, options: Partial<ParseMessageOptions> = {}) {
  const parsed = parseSegmentMessage(raw, { receivedAt, ...options });
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
}

describe('parseSegmentMessage', () => {
  it('reads a track message with its clock corrected', () => {
    const raw = {
      ...track,
      timestamp: '2025-06-01T11:00:00Z',
      sentAt: '2025-06-01T11:30:00Z',
      properties: { product_id: 'p1', price: 9.5 },
      integrations: { All: true },
    };
    expect(eventOf(raw)).toEqual({
      messageId: 'm1',
      type: 'track',
      name: 'Product Added',
      userId: 'u1',
      timestamp: new Date('2025-06-01T11:30:00Z'),
      sentAt: new Date('2025-06-01T11:30:00Z'),
      receivedAt,
      properties: { product_id: 'p1', price: 9.5 },
      traits: {},
      context: {},
    });
  });

  it.each([
    [
      { type: 'identify', userId: 7, traits: { email: 'a@b.c' } },
      { userId: '7', traits: { email: 'a@b.c' }, name: '' },
    ],
    [
      { type: 'page', anonymousId: 'a', name: 'Home', category: 'Shop' },
      { name: 'Home', properties: { category: 'Shop' } },
    ],
    [
      { type: 'screen', anonymousId: 'a', userId: null },
      { name: '', anonymousId: 'a' },
    ],
    [
      { type: 'group', userId: 'u', groupId: 'g', traits: { plan: 'x' } },
      { groupId: 'g', traits: { plan: 'x' } },
    ],
    [
      { type: 'alias', userId: 'u', previousId: 'a' },
      { userId: 'u', previousId: 'a' },
    ],
  ])('reads %j', (raw, expected) => {
    expect(eventOf(raw)).toMatchObject(expected);
  });

  it('takes the type from the route and refuses a message of another', () => {
    expect(eventOf({ event: 'X', userId: 'u' }, { type: 'track' }).type).toBe('track');
    expect(complaintsAbout({ type: 'page', userId: 'u' }, { type: 'track' })).toEqual([
      'Expected "type" to be "track", got "page" (string)',
    ]);
  });

  it.each([
    [{ ...track, event: '' }, 'Expected "event" to be a string of 1 to 256 characters, got "" (string)'],
    [{ type: 'track', userId: 'u' }, 'Expected "event" to be a string of 1 to 256 characters, got undefined'],
    [
      { ...track, userId: undefined },
      'Expected "userId" to be given, or "anonymousId" in its place, got undefined',
    ],
    [
      { ...track, userId: '  ' },
      'Expected "userId" to be a string of 1 to 512 characters, none of them a control character, got "  " (string)',
    ],
    [
      { ...track, userId: { $ne: null } },
      'Expected "userId" to be a string of 1 to 512 characters, none of them a control character, got an object',
    ],
    [{ ...track, properties: [] }, 'Expected "properties" to be an object, got an array of 0'],
    [
      { ...track, type: 'delete' },
      'Expected "type" to be one of identify, track, page, screen, group, alias, got "delete" (string)',
    ],
    [
      { type: 'alias', userId: 'u' },
      'Expected "previousId" to be a string of 1 to 512 characters, none of them a control character, got undefined',
    ],
    [
      { ...track, context: { consent: { categoryPreferences: { email: 'yes' } } } },
      'Expected "context.consent.categoryPreferences.email" to be true or false, got "yes" (string)',
    ],
    ['hello', 'Expected the message to be an object, got "hello" (string)'],
    [null, 'Expected the message to be an object, got null'],
  ])('says what is wrong with %j', (raw, complaint) => {
    expect(complaintsAbout(raw)).toEqual([complaint]);
  });

  it('names every wrong field at once', () => {
    const complaints = complaintsAbout({ type: 'track', userId: '', timestamp: 1_700_000_000 });
    expect(complaints.map((complaint) => complaint.split('"')[1])).toEqual(['userId', 'timestamp', 'event']);
  });

  it('refuses 33 KB, counted in UTF-8 bytes', () => {
    expect(complaintsAbout({ ...track, properties: { note: 'x'.repeat(33 * 1024) } })[0]).toMatch(
      /32768 bytes \(32 KB\)/,
    );
    expect(complaintsAbout({ ...track, properties: { note: 'é'.repeat(17 * 1024) } })[0]).toMatch(
      /32768 bytes \(32 KB\)/,
    );
    expect(complaintsAbout({ ...track, properties: { note: 'x'.repeat(31 * 1024) } })).toEqual([]);
  });

  it('survives nesting that would overflow the stack, also in fields it leaves out', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(complaintsAbout({ ...track, properties: { deep } })[0]).toMatch(/at most 32 levels deep/);
    expect(complaintsAbout({ ...track, integrations: deep })[0]).toMatch(/32 KB/);
  });

  it('gives a message without id the same one each time, and tells undated repeats apart', () => {
    const dated = {
      type: 'track',
      event: 'X',
      userId: 'u',
      timestamp: '2025-01-01',
      properties: { a: 1, b: 2 },
    };
    const { event, userId, timestamp, type } = dated;
    const reordered = { timestamp, properties: { b: 2, a: 1 }, userId, event, type };
    const later = { receivedAt: new Date('2025-07-01T00:00:00Z') };
    expect(eventOf(dated).messageId).toMatch(/^hash-[0-9a-f]{40}$/);
    expect(eventOf(reordered, later).messageId).toBe(eventOf(dated).messageId);
    expect(eventOf({ ...dated, properties: { a: 1, b: 3 } }).messageId).not.toBe(eventOf(dated).messageId);
    const undated = { type: 'track', event: 'X', userId: 'u' };
    expect(eventOf(undated, { position: 1 }).messageId).not.toBe(eventOf(undated, { position: 0 }).messageId);
  });

  it('does not correct a time that Segment has corrected already', () => {
    const raw = {
      ...track,
      timestamp: '2025-06-01T10:00:00Z',
      originalTimestamp: '2025-06-01T09:00:00Z',
      sentAt: '2025-06-01T11:00:00Z',
    };
    expect(eventOf(raw).timestamp).toEqual(new Date('2025-06-01T10:00:00Z'));
  });

  it('finds the consent in the context', () => {
    const context = { consent: { categoryPreferences: { email: true, 'ads.third': false } } };
    expect(consentOf(eventOf({ ...track, context }))).toEqual(
      new Map([
        ['email', true],
        ['ads.third', false],
      ]),
    );
    expect(consentOf(eventOf(track))).toBeUndefined();
  });
});
