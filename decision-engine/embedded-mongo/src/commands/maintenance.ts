import { type Doc, docOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { integer } from '../numeric/number.js';
import { typeOf } from '../query/type-names.js';
import type { Collection } from '../storage/collection.js';
import { type Command, namespaceOf, reply } from './command.js';

const SLICE_MS = 8;

/** Compares every document with what the indexes hold of it; others are served meanwhile. */
export const validate: Command = async (command, context) => {
  const ns = namespaceOf(command, 'validate', context);
  const collection = context.catalog.collection(ns);
  if (context.catalog.view(ns)) throw new MongoError('CommandNotSupportedOnView', 'Cannot validate a view');
  if (!collection)
    throw new MongoError('NamespaceNotFound', `Collection '${ns}' does not exist to validate.`);
  const { records, missing } = await compare(collection);
  const keys = collection.indexes.map((index) => [index.spec.name, integer(index.count())] as const);
  const errors: Value[] = missing.map((name) => `Index ${name} lacks entries of documents that are stored`);
  return reply([
    ['ns', ns],
    ['nInvalidDocuments', 0],
    ['nNonCompliantDocuments', 0],
    ['nrecords', integer(records)],
    ['nIndexes', collection.indexes.length],
    ['keysPerIndex', docOf(keys)],
    [
      'indexDetails',
      docOf(
        collection.indexes.map(
          ({ spec }) => [spec.name, docOf([['valid', !missing.includes(spec.name)]])] as const,
        ),
      ),
    ],
    ['valid', missing.length === 0],
    ['repaired', false],
    ['warnings', []],
    ['errors', errors],
    ['extraIndexEntries', []],
    ['missingIndexEntries', []],
    ['corruptRecords', []],
  ]);
};

async function compare(collection: Collection): Promise<{ records: number; missing: string[] }> {
  const missing = new Set<string>();
  let records = 0;
  let end = performance.now() + SLICE_MS;
  for (let rows = collection.chunk(undefined, false); ; ) {
    for (const row of rows) {
      records++;
      for (const index of collection.indexes)
        if (!index.holds(row.doc, row.record)) missing.add(index.spec.name);
    }
    const last = rows.at(-1);
    if (!last || collection.dropped) return { records, missing: [...missing] };
    if (performance.now() > end) {
      await new Promise((resolve) => setImmediate(resolve));
      end = performance.now() + SLICE_MS;
    }
    rows = collection.chunk(last.record, false);
  }
}

/** Operations end in milliseconds or in slices: none is listed. */
export const currentOp: Command = () => reply([['inprog', []]]);

export const killOp: Command = (command) => {
  if (command['op'] === undefined) throw new MongoError(4, "Did not provide 'op' field");
  return reply([['info', 'attempting to kill op']]);
};

/** There is no profiler: it is off. @throws MongoError BadValue (2) when it is to be switched on. */
export const profile: Command = (command) => {
  if (command['profile'] === 1 || command['profile'] === 2)
    throw new MongoError('BadValue', 'this server has no profiler');
  return reply([
    ['was', 0],
    ['slowms', 100],
    ['sampleRate', 1],
  ]);
};

export const dataSize: Command = (command, context) => {
  const { dataSize: ns } = command;
  if (typeof ns !== 'string')
    throw new MongoError(
      'TypeMismatch',
      `BSON field 'dataSize.dataSize' is the wrong type '${typeOf(ns)}', expected type 'string'`,
    );
  const counters = context.catalog.collection(ns)?.counters;
  return reply([
    ['estimate', false],
    ['size', integer(counters?.bytes ?? 0)],
    ['numObjects', integer(counters?.count ?? 0)],
    ['millis', 0],
  ]);
};

export function listCommands(names: () => Iterable<string>): Command {
  return () =>
    reply([
      ['commands', docOf([...names()].sort().map((name): [string, Doc] => [name, docOf([['help', '']])]))],
    ]);
}
