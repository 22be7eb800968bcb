import { Decimal128, type Document, Double, EJSON, Long, ObjectId } from 'bson';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawClient } from '../testing/raw-client.js';
import { type TemporaryServer, temporaryServer } from '../testing/temporary-server.js';
import { seededRandom } from '../trials/seeded-random.js';

const ROUNDS = 8;
const STATEMENTS = 250;
const DOCUMENTS = 40;

let server: TemporaryServer;
let client: RawClient;
beforeAll(async () => {
  server = await temporaryServer();
  client = await RawClient.connect(server.port);
});
afterAll(async () => {
  client.close();
  await server.close();
});

const random = seededRandom(2026);
const below = (count: number): number => Math.floor(random() * count);
function pick<T>(list: readonly T[]): T {
  const item = list[below(list.length)];
  if (item === undefined) throw new Error('Expected "list" to have items');
  return item;
}

const SCALARS: readonly unknown[] = [
  null,
  0,
  1,
  new Double(1),
  Long.fromNumber(2),
  Decimal128.fromString('1.50'),
  'a',
  'é'.repeat(90),
  'x'.repeat(2000),
  true,
  new Date(0),
  new ObjectId('0123456789abcdef01234567'),
];
const PATHS = [
  'a',
  'b',
  'c',
  'd',
  'a',
  'c',
  'd',
  'new',
  'u',
  'a.x',
  'a.x.y',
  'b.0',
  'b.1.x',
  'b.$',
  'b.$.x',
  'b.$[]',
  'b.$[].x',
  'b.$[e]',
];
const MORE_PATHS = ['b.$[e].x', 'c.9', '_id', '_id.x', 'a.7', '7', 'new', 'u', 'deep.1.2.3', 'b.x'];

function value(depth = 0): unknown {
  const kind = below(depth > 2 ? 5 : 9);
  if (kind < 5) return pick(SCALARS);
  if (kind < 7) return Array.from({ length: below(4) }, () => value(depth + 1));
  return Object.fromEntries(['x', 'y', '1'].slice(below(3)).map((name) => [name, value(depth + 1)]));
}

const OPERANDS: Readonly<Record<string, () => unknown>> = {
  $set: value,
  $setOnInsert: value,
  $unset: () => '',
  $inc: () => pick([1, -2, Long.fromNumber(3), new Double(0.5), Decimal128.fromString('0.1'), 'no']),
  $mul: () => pick([2, new Double(0.5), Long.fromNumber(2), 2_000_000_000]),
  $min: value,
  $max: value,
  $rename: () => pick(['a', 'd', 'renamed', 'a.x', 'b.0', 'u']),
  $push: () =>
    pick<() => unknown>([value, () => ({ $each: [value(), value()], $slice: pick([-2, 3]), $sort: 1 })])(),
  $addToSet: () => pick<() => unknown>([value, () => ({ $each: [1, value()] })])(),
  $pop: () => pick([1, -1]),
  $pull: () => pick<() => unknown>([value, () => ({ $gte: 1 }), () => ({ x: 1 })])(),
  $pullAll: () => [1, null, 'a'],
  $bit: () => ({ or: 5 }),
};

function update(): unknown {
  const kind = below(12);
  if (kind === 0) return { b: value(), u: below(60), 1: 'digit' };
  if (kind === 1) return [{ $set: { a: { $ifNull: ['$b', 1] } } }];
  const changes: Document = {};
  for (let i = below(2.5); i >= 0; i--) {
    const name = pick([
      ...Object.keys(OPERANDS),
      '$set',
      '$set',
      '$set',
      '$set',
      '$unset',
      '$unset',
      '$max',
      '$min',
    ]);
    const path = pick(random() < 0.7 ? PATHS : MORE_PATHS);
    changes[name] = { ...changes[name], [path]: path === 'u' ? below(60) : OPERANDS[name]?.() };
  }
  return changes;
}

function statement(): Document {
  const u = update();
  const q = pick<() => Document>([
    () => ({ _id: below(DOCUMENTS + 4) }),
    () => ({ _id: below(DOCUMENTS), b: pick([1, null, { $exists: true }]) }),
    () => ({ _id: below(DOCUMENTS) }),
    () => ({ u: below(60) }),
    () => ({ 'b.x': pick(SCALARS) }),
    () => ({ b: { $elemMatch: { $gte: 1 } } }),
  ])();
  const filtered = JSON.stringify(u).includes('$[e]');
  return {
    q,
    u,
    upsert: random() < 0.2,
    multi: random() < 0.15,
    ...(filtered
      ? { arrayFilters: [pick([{ e: { $gte: 1 } }, { 'e.x': { $exists: true } }, { e: null }])] }
      : {}),
  };
}

const INDEXES: readonly Document[] = [
  { key: { u: 1 }, name: 'unique', unique: true, sparse: true },
  { key: { b: 1 }, name: 'multikey' },
  { key: { 'a.x': 1, c: -1 }, name: 'compound' },
  { key: { 'b.x': 1, d: 1 }, name: 'over_arrays' },
  { key: { d: 'hashed' }, name: 'hashed' },
  { key: { expires: 1 }, name: 'ttl', expireAfterSeconds: 3600 },
];
const PARTIAL: Document = {
  key: { c: 1 },
  name: 'partial',
  partialFilterExpression: { a: { $exists: true } },
};

async function ask(command: Document): Promise<Document> {
  const answer = await client.ask({ ...command, $db: 'spliced' });
  if (!answer) throw new Error('The server closed the connection');
  return answer;
}

/** The document with all types and the order of its fields; without an `_id` that the server made. */
function comparable({ _id, ...rest }: Document): string {
  const text = EJSON.stringify(_id instanceof ObjectId ? rest : { _id, ...rest }, { relaxed: false });
  return text.replaceAll(/x{50,}/g, (run) => `x*${run.length}`);
}

it.each([false, true])(
  'random updates leave the documents and indexes that changes of whole documents leave (partial index: %s)',
  { timeout: 60_000 },
  async (partial) => {
    let modified = 0;
    const errors = new Set<number>();
    for (let round = 0; round < ROUNDS / 2; round++) {
      const documents = Array.from({ length: DOCUMENTS }, (_, i) => ({
        _id: i,
        a: value(),
        b: Array.from({ length: below(4) }, () => value(1)),
        c: pick(SCALARS),
        last: 'x'.repeat(below(300)),
      }));
      const updates = Array.from({ length: STATEMENTS }, statement);
      const [ordered, answers] = [round === 0, [] as Document[]];
      for (const [name, options] of [
        ['in_parts', {}],
        // A validator asks for the whole document.
        ['whole', { validator: {} }],
      ] as const) {
        await ask({ drop: name });
        await ask({ create: name, ...options });
        await ask({ createIndexes: name, indexes: partial ? [...INDEXES, PARTIAL] : INDEXES });
        await ask({ insert: name, documents, ordered: false });
        const {
          n,
          nModified,
          upserted = [],
          writeErrors = [],
        } = await ask({ update: name, updates, ordered });
        const found = await ask({ find: name, batchSize: 10_000 });
        const { valid, nInvalidDocuments, errors: wrong } = await ask({ validate: name });
        expect({ valid, wrong }).toEqual({ valid: true, wrong: [] });
        modified += nModified;
        for (const { code } of writeErrors) errors.add(code);
        answers.push({
          n,
          nModified,
          nInvalidDocuments,
          upserted: upserted.map(({ index }: Document) => index),
          writeErrors: writeErrors.map(({ errmsg, ...error }: Document) => ({
            ...error,
            errmsg: errmsg.replaceAll(/ObjectId\('\w+'\)/g, 'ObjectId').replace(name, ''),
          })),
          documents: found['cursor'].firstBatch.map(comparable),
        });
      }
      const [inParts, whole] = answers;
      expect(inParts?.['documents']).toEqual(whole?.['documents']);
      expect(inParts).toEqual(whole);
    }
    expect(modified).toBeGreaterThan(350);
    expect([...errors]).toEqual(expect.arrayContaining([2, 14, 28, 66, 11000]));
  },
);
