import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeKey, unescapeKey } from './key-escaping.js';

const key = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('%', '$', '.', '\u0000', '2', 'E', '5', '_', 'a') }),
  fc.constantFrom('__proto__', 'constructor', '_bsontype', 'toBSON', '', '%', '%2E', '%5F_proto__'),
);

describe('escapeKey', () => {
  it.each([
    ['price', 'price'],
    ['discount %', 'discount %'],
    ['US$', 'US$'],
    ['$set', '%24set'],
    ['a.b', 'a%2Eb'],
    ['a\u0000b', 'a%00b'],
    ['__proto__', '%5F_proto__'],
    ['_bsontype', '%5Fbsontype'],
    ['%2E', '%252E'],
    ['', '%'],
  ])('stores %j as %j', (sent, stored) => {
    expect(escapeKey(sent)).toBe(stored);
  });

  it('gives every key back as it was', () => {
    expect(() => fc.assert(fc.property(key, (sent) => unescapeKey(escapeKey(sent)) === sent))).not.toThrow();
  });

  it('never leaves a key that the store or JavaScript would read as something else', () => {
    const isSafe = (stored: string) =>
      stored !== '' &&
      !stored.startsWith('$') &&
      !stored.includes('.') &&
      !stored.includes('\0') &&
      !(stored in {}) &&
      stored !== '_bsontype';
    expect(() => fc.assert(fc.property(key, (sent) => isSafe(escapeKey(sent))))).not.toThrow();
  });
});
