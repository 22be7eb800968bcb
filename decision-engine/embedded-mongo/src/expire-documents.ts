import { isDoc, type Maybe } from './bson/value.js';
import { isNumeric, toNumber } from './numeric/number.js';
import { encodeKey } from './order/encode-key.js';
import { RANK } from './order/type-order.js';
import { visitPath } from './query/path.js';
import type { Catalog } from './storage/catalog.js';
import type { Collection } from './storage/collection.js';
import type { Index } from './storage/index.js';
import { indexKey } from './storage/keys.js';

const STEP = 500;

/** Removes documents whose date under a TTL index is older than its `expireAfterSeconds`. Says how many. */
export async function expireDocuments(catalog: Catalog, now: Date): Promise<number> {
  let removed = 0;
  for (const collection of [...catalog.collections()]) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== undefined)
        removed += await expire(catalog, collection, { index, now });
    }
    removed += await expireSeries(catalog, collection, now);
  }
  return removed;
}

/** Time series have no index on their time: all are read, the matching ones removed. */
async function expireSeries(catalog: Catalog, collection: Collection, now: Date): Promise<number> {
  const { timeseries, expireAfterSeconds } = collection.options;
  if (!isDoc(timeseries) || !isNumeric(expireAfterSeconds)) return 0;
  const field = String(timeseries['timeField']);
  const limit = new Date(now.getTime() - toNumber(expireAfterSeconds) * 1000);
  let removed = 0;
  let after: number | undefined;
  for (;;) {
    const last = await catalog.engine.write(() => {
      const rows = collection.dropped ? [] : collection.chunk(after, false);
      for (const row of rows) {
        const date = row.doc[field];
        if (!(date instanceof Date) || !isExpired(date, limit)) continue;
        collection.remove(row);
        removed++;
      }
      return rows.at(-1)?.record;
    });
    if (last === undefined) return removed;
    after = last;
  }
}

async function expire(
  catalog: Catalog,
  collection: Collection,
  { index, now }: { index: Index; now: Date },
): Promise<number> {
  const limit = new Date(now.getTime() - (index.spec.expireAfterSeconds ?? 0) * 1000);
  let removed = 0;
  for (;;) {
    const step = await catalog.engine.write(() => {
      if (collection.dropped) return 0;
      let count = 0;
      for (const { record } of index.read({ ...datesUpTo(index, limit), reverse: false, limit: STEP })) {
        const row = collection.get(record);
        if (!row || !isExpired(earliest(row.doc, index), limit)) continue;
        collection.remove(row);
        count++;
      }
      return count;
    });
    removed += step;
    if (step < STEP) return removed;
  }
}

/** The entries with a date up to `limit`, in the direction the index has. */
function datesUpTo(index: Index, limit: Date): { start: Buffer; end: Buffer } {
  const [rank, edge] = [Buffer.from([RANK.date]), encodeKey(limit)];
  if (index.spec.fields[0]?.direction === -1) {
    const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte & 0xff));
    return {
      start: indexKey(index.space, inverted(edge)),
      end: indexKey(index.space, Buffer.from([(~RANK.date & 0xff) + 1])),
    };
  }
  return {
    start: indexKey(index.space, rank),
    end: indexKey(index.space, Buffer.concat([edge, Buffer.from([0xff])])),
  };
}

/** Of several dates in an array the earliest counts. */
function earliest(doc: Maybe, index: Index): Date | undefined {
  let found: Date | undefined;
  const take = (value: Maybe): void => {
    if (value instanceof Date && (!found || value < found)) found = value;
  };
  const [field] = index.spec.fields;
  if (!field || !isDoc(doc)) return undefined;
  visitPath(doc, field.parts, (value) => {
    if (Array.isArray(value)) value.forEach(take);
    else take(value);
    return false;
  });
  return found;
}

function isExpired(date: Date | undefined, limit: Date): boolean {
  return date !== undefined && date <= limit;
}
