import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, RecordWriter, readRecords } from './journal-record.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((array) => Buffer.from(array));
const change: fc.Arbitrary<Change> = fc.record({
  store: fc.integer({ min: 0, max: 2 }),
  key: bytes,
  value: fc.option(
    fc.oneof(bytes, fc.constant(Buffer.alloc(0)), fc.record({ head: fc.nat(), tail: fc.nat(), bytes })),
    { nil: undefined },
  ),
});
const records = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

function written(groups: readonly (readonly Change[])[], generation: number): Buffer[] {
  const writer = new RecordWriter();
  return groups.map((group) => {
    writer.begin();
    for (const { store, key, value } of group) writer.add(store, key, value);
    return writer.finish(generation);
  });
}

test('records are read as they were written, before whatever an older generation left', () => {
  fc.assert(
    fc.property(records, records, (groups, older) => {
      const file = Buffer.concat([...written(groups, 7), ...written(older, 6)]);
      expect([...readRecords(file, 7)]).toEqual(groups.flat());
      expect([...readRecords(file, 6)]).toEqual([]);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('a file that is cut off or damaged gives the whole records before that place, and nothing of those after', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.boolean(), (groups, place, cut) => {
      const parts = written(groups, 1);
      const file = Buffer.concat(parts);
      const at = place % file.length;
      const spoiled = cut ? Buffer.concat([file.subarray(0, at), Buffer.alloc(file.length - at)]) : file;
      if (!cut) spoiled[at] = (spoiled[at] ?? 0) ^ 0x55;
      let end = 0;
      const whole = parts.filter((part) => {
        end += part.length;
        return end <= at;
      }).length;
      const read = [...readRecords(spoiled, 1)];
      // A record whose own last bytes are zero is whole even where it was cut off inside them.
      const enough = groups.slice(0, whole).flat();
      expect(read.slice(0, enough.length)).toEqual(enough);
      expect(groups.flat().slice(0, read.length)).toEqual(read);
      if (!cut) expect(read).toHaveLength(enough.length);
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('a large record is whole', () => {
  const value = Buffer.alloc(3_000_000, 'x');
  const [record = Buffer.alloc(0)] = written([[{ store: 0, key: Buffer.from('k'), value }]], 1);
  const read = [...readRecords(record, 1)];
  expect(read).toHaveLength(1);
  const found = read[0]?.value;
  expect(Buffer.isBuffer(found) && found.equals(value)).toBe(true);
});
