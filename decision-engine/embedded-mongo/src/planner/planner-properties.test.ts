import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeDoc } from '../bson/encode.js';
import { show } from '../bson/show.js';
import { type Doc, docOf, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { compareValues } from '../order/compare.js';
import { encodeKey } from '../order/encode-key.js';
import { sortComparator } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { anyDoc, anyFilter, anyIndexKey, anyValue } from '../testing/arbitrary-values.js';
import { idsFound, insertDoc, temporaryCatalog } from '../testing/collection-under-test.js';

const { catalog, close } = temporaryCatalog();
afterAll(close);
const SEED = 20_240_611;
let number = 0;

/** A collection with these documents (numbered) and indexes; documents an index cannot hold are left out. */
function filled(docs: readonly Doc[], keys: readonly Doc[], options: Doc): Promise<Collection> {
  return catalog.engine.write(() => {
    const collection = catalog.create(`p.c${number++}`, docOf([]));
    keys.forEach((key, i) => {
      const spec = docOf([
        ['v', 2],
        ['key', key],
        ['name', `i${i}`],
      ]);
      for (const name of Object.keys(options)) setKey(spec, name, options[name] ?? null);
      catalog.addIndex(collection, spec);
    });
    docs.forEach((doc, i) => {
      const numbered = docOf([
        ['_id', i],
        ...Object.keys(doc).map((key): [string, Value] => [key, doc[key] ?? null]),
      ]);
      try {
        insertDoc(collection, numbered);
      } catch (fault) {
        if (!(fault instanceof MongoError) || fault.code !== 171) throw fault;
      }
    });
    return collection;
  });
}

const sorted = (ids: readonly Value[]): Value[] => [...ids].sort((a, b) => compareValues(a, b));
const optionSets = [
  docOf([]),
  docOf([['sparse', true]]),
  docOf([['partialFilterExpression', docOf([['c', docOf([['$exists', true]])]])]]),
];

describe('an index', () => {
  it.each(optionSets)(
    'never changes what a filter finds (options %o)',
    { timeout: 120_000 },
    async (options) => {
      let indexed = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyDoc, { maxLength: 12 }),
          fc.array(anyIndexKey, { minLength: 1, maxLength: 2 }),
          fc.array(anyFilter, { minLength: 4, maxLength: 8 }),
          async (docs, keys, filters) => {
            const collection = await filled(docs, keys, options);
            for (const filter of filters) {
              const [plain, planned] = [
                idsFound(collection, filter, { useIndexes: false }),
                idsFound(collection, filter),
              ];
              if (planned.plan !== 'scan') indexed++;
              expect(
                sorted(planned.ids),
                `${show(filter)} with ${planned.plan} over ${keys.map(show).join()}`,
              ).toEqual(sorted(plain.ids));
            }
          },
        ),
        { seed: SEED, numRuns: 150 },
      );
      expect(indexed).toBeGreaterThan(20);
    },
  );

  it('gives the order that sorting gives', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyDoc, { maxLength: 12 }),
        anyIndexKey,
        anyFilter,
        async (docs, key, filter) => {
          const collection = await filled(docs, [key], docOf([]));
          const { ids, sorted: inOrder } = idsFound(collection, filter, { sort: key });
          if (!inOrder) return;
          const compare = sortComparator(key);
          const found = ids
            .map((id) => collection.get(Number(id) + 1)?.doc)
            .filter((doc) => doc !== undefined);
          for (let i = 1; i < found.length; i++) {
            const [before, after] = [found[i - 1], found[i]];
            if (before && after) expect(compare(before, after), show(key)).toBeLessThanOrEqual(0);
          }
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('is the same after updates and removals as one built anew', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyDoc, { minLength: 2, maxLength: 8 }),
        anyIndexKey,
        fc.array(fc.tuple(fc.nat(7), anyDoc)),
        async (docs, key, changes) => {
          const collection = await filled(docs, [key], docOf([]));
          await catalog.engine.write(() => {
            for (const [at, doc] of changes) {
              const row = collection.get(at + 1);
              if (!row) continue;
              const next = docOf([
                ['_id', row.doc['_id']],
                ...Object.keys(doc).map((name): [string, Value] => [name, doc[name] ?? null]),
              ]);
              try {
                if (at % 3 === 0) collection.remove(row);
                else collection.replace(row, { before: row.doc, after: next, bytes: encodeDoc(next) });
              } catch (fault) {
                if (!(fault instanceof MongoError) || fault.code !== 171) throw fault;
              }
            }
          });
          const [, index] = collection.indexes;
          const rows = collection.chunk(undefined, false);
          const wanted = rows.flatMap(
            (row) =>
              index?.entries(row.doc).map((entry) => `${entry.bytes.toString('hex')}/${row.record}`) ?? [],
          );
          const held = index
            ?.read({ reverse: false, limit: 1000 })
            .map(({ key: bytes, record }) => `${bytes.subarray(4, -6).toString('hex')}/${record}`);
          expect(held?.sort()).toEqual(wanted.sort());
          expect(collection.counters.count).toBe(rows.length);
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });
});

describe('the bytes of a key', () => {
  it('compare as the values do', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b))), `${show(a)} ${show(b)}`).toBe(
          compareValues(a, b),
        );
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it('compare as numbers do, whatever their types', () => {
    const numbers = fc.oneof(
      fc.double(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.integer(),
    );
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(compareValues(a, b));
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });
});
