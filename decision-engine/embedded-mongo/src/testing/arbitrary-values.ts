import { BSONRegExp, Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { type Doc, docOf, type Value } from '../bson/value.js';

/** Few different values, so that documents and filters meet. */
const small = fc.constantFrom<Value>(
  null,
  0,
  1,
  2,
  -1,
  3n,
  1n,
  new Double(1),
  1.5,
  Number.NaN,
  -0.1,
  'a',
  'b',
  '',
  'ab',
  'a\u0000b',
  'é',
  true,
  false,
  Decimal128.fromString('1'),
  Decimal128.fromString('1.5'),
  Decimal128.fromString('0.1'),
  0.1,
  2n ** 53n + 1n,
  2 ** 53,
  new Date(0),
  new Date(1000),
  new ObjectId('0123456789abcdef01234567'),
  new Timestamp(new Long(1, 2)),
  Number.POSITIVE_INFINITY,
);

const flat = fc
  .dictionary(fc.constantFrom('x', 'y'), small, { maxKeys: 2 })
  .map((fields): Value => docOf(Object.entries(fields)));
const arrays = fc
  .array(fc.oneof({ weight: 3, arbitrary: small }, { weight: 2, arbitrary: flat }), { maxLength: 3 })
  .map((items): Value => items);

/** Scalars, documents and arrays of both. */
export const anyValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: small },
  { weight: 2, arbitrary: flat },
  { weight: 3, arbitrary: arrays },
);

/** Documents with the fields a, b and c, each of which may be missing. */
export const anyDoc: fc.Arbitrary<Doc> = fc
  .record({ a: anyValue, b: anyValue, c: small }, { requiredKeys: [] })
  .map((fields) => docOf(Object.entries(fields)));

const path = fc.constantFrom('a', 'b', 'c', 'a.x', 'a.y', 'b.x', 'a.0');
const operator: fc.Arbitrary<Value> = fc.oneof(
  anyValue.map((value): Value => docOf([['$eq', value]])),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), small)
    .map(([name, value]): Value => docOf([[name, value]])),
  fc.tuple(small, small).map(
    ([low, high]): Value =>
      docOf([
        ['$gte', low],
        ['$lt', high],
      ]),
  ),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(anyValue, { maxLength: 3 }))
    .map(([name, list]): Value => docOf([[name, list]])),
  fc.boolean().map((wanted): Value => docOf([['$exists', wanted]])),
  small.map((value): Value => docOf([['$not', docOf([['$gt', value]])]])),
  fc.tuple(small, small).map(
    ([low, high]): Value =>
      docOf([
        [
          '$elemMatch',
          docOf([
            ['$gte', low],
            ['$lte', high],
          ]),
        ],
      ]),
  ),
  small.map((value): Value => docOf([['$elemMatch', docOf([['x', value]])]])),
  fc.constantFrom('^a', '^', 'b').map((pattern): Value => docOf([['$regex', new BSONRegExp(pattern, '')]])),
  fc.constantFrom('number', 'string', 'array', 'null').map((name): Value => docOf([['$type', name]])),
);

const condition: fc.Arbitrary<Doc> = fc
  .tuple(path, fc.oneof(anyValue, operator))
  .map(([name, value]) => docOf([[name, value]]));

/** Filters of a few conditions, with `$and` and `$or`. */
export const anyFilter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 3, arbitrary: condition },
  {
    weight: 3,
    arbitrary: fc.array(condition, { minLength: 1, maxLength: 3 }).map((list) => docOf([['$and', list]])),
  },
  {
    weight: 2,
    arbitrary: fc.array(condition, { minLength: 2, maxLength: 3 }).map((list) => docOf([['$or', list]])),
  },
);

/** Keys of an index. */
export const anyIndexKey: fc.Arbitrary<Doc> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.x', 'b.x', 'a.y'), fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
  .filter((fields) => {
    const names = fields.map(([name]) => name);
    return !names.some((name) => names.some((other) => other !== name && other.startsWith(`${name}.`)));
  })
  .map((fields) => docOf(fields));
