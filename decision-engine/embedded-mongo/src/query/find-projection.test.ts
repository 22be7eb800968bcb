import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDoc, decodeFields } from '../bson/decode.js';
import { encodeDoc } from '../bson/encode.js';
import { docOf, type Value } from '../bson/value.js';
import { anyDoc } from '../testing/arbitrary-values.js';
import { compileFilter } from './compile-filter.js';
import { compileFindProjection, fieldsLetIn } from './find-projection.js';

const context = { matcher: compileFilter(docOf([])), variables: new Map(), now: new Date(0) };
const letIn = fc
  .uniqueArray(fc.constantFrom('a', 'b.x', 'c', 'd'), { minLength: 1 })
  .chain((paths) =>
    fc
      .constantFrom<Value | undefined>(undefined, 0, 1, true, false)
      .map((id) => docOf([...paths.map((path): [string, Value] => [path, 1]), ['_id', id]])),
  );

test('what lets fields in says the same of those fields as of the whole document', () => {
  fc.assert(
    fc.property(anyDoc, letIn, (fields, source) => {
      const bytes = encodeDoc(docOf([['_id', 1], ...Object.entries(fields), ['last', 'x']]));
      const wanted = fieldsLetIn(source);
      const project = compileFindProjection(source, context);
      if (!wanted || !project) throw new Error('Expected a projection that lets fields in');
      expect(encodeDoc(project(decodeFields(bytes, wanted)))).toEqual(encodeDoc(project(decodeDoc(bytes))));
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('others need the whole document', () => {
  const needed = (...entries: [string, Value][]) => fieldsLetIn(docOf(entries));
  expect(fieldsLetIn(undefined)).toBeUndefined();
  expect(needed(['a', 0])).toBeUndefined();
  expect(needed(['_id', 0])).toBeUndefined();
  expect(needed(['a', '$b'])).toBeUndefined();
  expect(needed(['a', 1], ['_id', '$b'])).toBeUndefined();
  expect(needed(['a.$', 1])).toBeUndefined();
  expect(needed(['a', docOf([['$slice', 1]])])).toBeUndefined();
  expect(needed(['_id', 1])).toEqual(new Set(['_id']));
  expect(needed(['a.b', 1], ['_id', 0])).toEqual(new Set(['_id', 'a']));
});
