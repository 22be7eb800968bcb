import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDoc, decodeFields } from '../bson/decode.js';
import { encodeDoc } from '../bson/encode.js';
import { splice } from '../bson/splice.js';
import { type Doc, docOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { anyDoc, anyValue } from '../testing/arbitrary-values.js';
import { compileUpdate } from './apply-update.js';
import { parseUpdate, type Update } from './parse-update.js';
import { touchedFields } from './touched-fields.js';

const path = fc.constantFrom('a', 'b', 'c', 'd', '7', 'a.x', 'a.y.z', 'b.0', 'b.x', 'd.1.x', 'a.$[]');
const change = fc.oneof(
  fc.record({ name: fc.constantFrom('$set', '$min', '$max', '$push', '$addToSet'), path, value: anyValue }),
  fc.record({
    name: fc.constantFrom('$inc', '$mul'),
    path,
    value: fc.constantFrom<Value>(1, 2n, 0.5),
  }),
  fc.record({ name: fc.constant('$unset'), path, value: fc.constant<Value>('') }),
  fc.record({ name: fc.constant('$rename'), path, value: fc.constantFrom<Value>('a', 'd', 'e', 'b.w') }),
);
const update = fc
  .array(change, { minLength: 1, maxLength: 4 })
  .map((changes) =>
    docOf(
      [...new Set(changes.map(({ name }) => name))].map((name): [string, Value] => [
        name,
        docOf(changes.filter((each) => each.name === name).map((each) => [each.path, each.value])),
      ]),
    ),
  );

/** The bytes that came of it, or what was wrong. */
function outcome(work: () => Buffer): string {
  try {
    return work().toString('hex');
  } catch (fault) {
    if (fault instanceof MongoError) return `${fault.code} ${fault.message}`;
    throw fault;
  }
}

function parsed(source: Doc): Update | undefined {
  try {
    return parseUpdate(source);
  } catch (fault) {
    if (fault instanceof MongoError) return undefined;
    throw fault;
  }
}

test('a change of some fields, spliced into the stored bytes, is what a change of the whole document is', () => {
  let compared = 0;
  fc.assert(
    fc.property(anyDoc, update, anyValue, (fields, source, last) => {
      const read = parsed(source);
      const touched = read && touchedFields(read);
      if (!read || !touched) return;
      const entries: [string, Value][] = [
        ['_id', 1],
        ...Object.entries(fields).map(([key, value]): [string, Value] => [key, value ?? null]),
        ['last', last],
      ];
      const stored = encodeDoc(docOf(entries));
      const apply = compileUpdate(read, {
        now: new Date(0),
        inserting: false,
        filters: new Map(),
        variables: new Map(),
        matched: () => undefined,
      });
      const known = new Set(touched).add('_id');
      const whole = outcome(() => encodeDoc(apply(decodeDoc(stored))));
      const inParts = outcome(() => splice(stored, encodeDoc(apply(decodeFields(stored, known))), known));
      expect(inParts).toBe(whole);
      compared += 1;
    }),
    { numRuns: 4_000, seed: 7 },
  );
  expect(compared).toBeGreaterThan(2_000);
});

test('replacements, pipelines and what the query matched need the whole document', () => {
  const touched = (source: Value) => touchedFields(parseUpdate(source));
  expect(touched(docOf([['a', 1]]))).toBeUndefined();
  expect(touched([docOf([['$set', docOf([['a', 1]])]])])).toBeUndefined();
  expect(touched(docOf([['$set', docOf([['a.$.x', 1]])]]))).toBeUndefined();
  expect(touched(docOf([['$rename', docOf([['a.x', 'b.y']])]]))).toEqual(new Set(['a', 'b']));
});
