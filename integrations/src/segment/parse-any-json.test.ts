import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSegmentBatch } from './parse-segment-batch.js';
import { parseSegmentMessage } from './parse-segment-message.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');
const anyJson = fc.jsonValue({ maxDepth: 4 });
const key = fc.constantFrom(
  'type',
  'event',
  'userId',
  'anonymousId',
  'messageId',
  'timestamp',
  'properties',
  'context',
  '__proto__',
);
const plausible = fc.oneof(
  anyJson,
  fc.constantFrom(
    'track',
    'alias',
    'u1',
    '2025-01-01T00:00:00Z',
    '2025-02-30',
    1_700_000_000_000,

    '\u0000',
    '',
  ),
);
/** Messages that are nearly right, as JSON text would give them, an own `__proto__` included. */
const nearMessage = fc
  .array(fc.tuple(key, plausible), { maxLength: 9 })
  .map((members): unknown =>
    JSON.parse(
      `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
    ),
  );

/** Every key at every depth. */
function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...keysOf(member),
  ]);
}

describe('whatever JSON is sent', () => {
  it('gets an answer, never an exception, and a refusal always says why', () => {
    const answers = (raw: unknown) => {
      const parsed = parseSegmentMessage(raw, { receivedAt });
      return (
        parsed.ok ||
        (parsed.issues.length > 0 &&
          parsed.issues.every(({ expected, got }) => expected !== '' && got !== ''))
      );
    };
    expect(() =>
      fc.assert(fc.property(fc.oneof(anyJson, nearMessage), answers), { numRuns: 2_000 }),
    ).not.toThrow();
  });

  it('leaves no key that the store would read as an operator or a path', () => {
    const isSafe = (raw: unknown) => {
      const parsed = parseSegmentMessage(raw, { receivedAt, type: 'track' });
      const keys = parsed.ok
        ? keysOf([parsed.event.properties, parsed.event.traits, parsed.event.context])
        : [];
      return keys.every(
        (name) =>
          !name.startsWith('$') && !name.includes('.') && !name.includes('\0') && name !== '__proto__',
      );
    };
    const message = fc
      .dictionary(fc.string({ unit: fc.constantFrom('$', '.', 'a', '\0', '_') }), anyJson)
      .map((properties) => ({
        userId: 'u',
        event: 'X',
        properties,
        context: { properties },
      }));
    expect(() => fc.assert(fc.property(message, isSafe), { numRuns: 500 })).not.toThrow();
  });

  it('gives a batch one result per message', () => {
    const counts = (batch: unknown[]) => {
      const parsed = parseSegmentBatch({ batch }, { receivedAt });
      return parsed.ok && parsed.messages.length === batch.length;
    };
    expect(() =>
      fc.assert(fc.property(fc.array(fc.oneof(anyJson, nearMessage), { maxLength: 20 }), counts)),
    ).not.toThrow();
  });
});
