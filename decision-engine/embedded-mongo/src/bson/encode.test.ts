import { Binary, BSON, Code, Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeDoc, decodeFields } from './decode.js';
import { encodeDoc } from './encode.js';

const each = (i: number) => ({
  _id: new ObjectId(),
  text: `größer ${i}`,
  long: Long.fromNumber(2 ** 40 + i),
  double: new Double(i),
  half: i + 0.5,
  minus: new Date(-62135596800000 + i),
  at: new Date(1.7e12 + i),
  decimal: Decimal128.fromString(`${i}.25`),
  bytes: new Binary(Buffer.alloc(i % 50, i)),
  code: new Code('return x', { x: { deep: [i, null, true] } }),
  stamp: new Timestamp({ t: i, i: 1 }),
  pattern: /^a.b$/i,
});

function bytesOf(source: BSON.Document): Buffer {
  return Buffer.from(BSON.serialize(source));
}

describe('BSON', () => {
  it('decoded and encoded again is the same bytes, however large', () => {
    for (const count of [1, 40, 300, 3000]) {
      const bytes = bytesOf({ items: Array.from({ length: count }, (_, i) => each(i)), last: 'end' });
      expect(encodeDoc(decodeDoc(bytes)).equals(bytes)).toBe(true);
    }
  });

  it('keeps the order of names that JavaScript moves', () => {
    const head = bytesOf({});
    expect(head).toHaveLength(5);
    const bytes = bytesOf(
      new Map<string, unknown>([
        ['b', { x: new Map([['2', 1]]) }],
        ['10', 'ten'],
        ['a', 1],
        [
          '2',
          new Map<string, unknown>([
            ['z', 1],
            ['0', 2],
          ]),
        ],
      ]),
    );
    expect(encodeDoc(decodeDoc(bytes)).equals(bytes)).toBe(true);
  });

  it('decodes only the fields that are wanted, whatever lies before them', () => {
    const bytes = bytesOf({
      ...each(7),
      nothing: null,
      list: [1, { a: 1 }],
      inner: { a: 'b' },
      wanted: 5,
      after: 6,
    });
    expect({ ...decodeFields(bytes, new Set(['wanted', 'missing'])) }).toEqual({ wanted: 5 });
    expect({ ...decodeFields(bytes, new Set()) }).toEqual({});
  });
});
