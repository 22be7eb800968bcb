import { expect, it } from 'vitest';
import { RECEIVED_AT, readText } from '../testing/read-text.js';
import { SEGMENT_NDJSON_FORMAT } from './segment-ndjson-format.js';

it('reads one message a line and refuses what is none', () => {
  const track = { type: 'track', userId: 'u', event: 'Product Viewed', timestamp: '2025-01-01T00:00:00Z' };
  const { events, rejected } = readText(
    [
      JSON.stringify(track),
      '{"type":',
      '',
      '5',
      JSON.stringify({ ...track, timestamp: undefined }),
      JSON.stringify({ ...track, event: '' }),
    ].join('\n'),
    SEGMENT_NDJSON_FORMAT,
  );
  expect(events).toMatchObject([{ name: 'Product Viewed', userId: 'u', receivedAt: RECEIVED_AT }]);
  expect(rejected.map(({ line, reason }) => `${line}: ${reason.slice(0, 28)}`)).toEqual([
    '2: Not JSON: Unexpected end of ',
    '4: Expected "timestamp" to be a',
    '5: Expected "timestamp" to be a',
    '6: Expected "event" to be a str',
  ]);
});

it('keeps the time a message was first received, and its id where it had none', () => {
  const message = {
    type: 'page',
    anonymousId: 'a',
    timestamp: '2025-01-01',
    receivedAt: '2025-01-02',
    sentAt: '2025-01-02',
  };
  const [first, second] = [1, 2].map(
    () => readText(JSON.stringify(message), SEGMENT_NDJSON_FORMAT).events[0],
  );
  expect(first).toMatchObject({ receivedAt: new Date('2025-01-02'), timestamp: new Date('2025-01-01') });
  expect(second?.messageId).toBe(first?.messageId);
});
