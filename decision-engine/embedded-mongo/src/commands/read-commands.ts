import { type Flow, PAUSE } from '../aggregate/flow.js';
import { ValueSet } from '../aggregate/operators/objects.js';
import { type Doc, docOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { integer, isNumeric, toNumber } from '../numeric/number.js';
import { filterOf } from '../query/compile-filter.js';
import { splitPath, visitPath } from '../query/path.js';
import { typeOf } from '../query/type-names.js';
import { flowOf, pipelineContext } from './aggregate.js';
import { type Command, type CommandContext, countArgument, namespaceOf, reply } from './command.js';
import type { Cursor } from './cursors.js';

const SLICE_MS = 8;

/** The documents of a namespace under a command's `query`, for commands that only count or collect. */
function selected(command: Doc, ns: string, context: CommandContext): Flow {
  const pipeline = pipelineContext(command, ns, context);
  const stages = [docOf([['$match', filterOf(command['query'], 'query') ?? docOf([])]])];
  return flowOf(stages, ns, { pipeline, context, hint: command['hint'] });
}

async function each(flow: Flow, visit: (doc: Doc) => boolean): Promise<void> {
  let end = performance.now() + SLICE_MS;
  for (const item of flow) {
    if (item !== PAUSE) {
      if (visit(item)) return;
    } else if (performance.now() > end) {
      await new Promise((resolve) => setImmediate(resolve));
      end = performance.now() + SLICE_MS;
    }
  }
}

export const count: Command = async (command, context) => {
  const ns = namespaceOf(command, 'count', context);
  const skip = countArgument(command, 'skip') ?? 0;
  const limit = isNumeric(command['limit']) ? Math.abs(toNumber(command['limit'])) : 0;
  const filter = filterOf(command['query'] ?? undefined, 'query');
  const collection = context.catalog.collection(ns);
  let n = 0;
  if (collection && (!filter || Object.keys(filter).length === 0) && command['hint'] === undefined)
    n = collection.counters.count;
  else {
    await each(selected(command, ns, context), () => {
      n++;
      return limit > 0 && n >= limit + skip;
    });
  }
  const left = Math.max(0, n - skip);
  return reply([['n', integer(limit > 0 ? Math.min(limit, left) : left)]]);
};

export const distinct: Command = async (command, context) => {
  const ns = namespaceOf(command, 'distinct', context);
  const { key } = command;
  if (typeof key !== 'string')
    throw new MongoError(
      'TypeMismatch',
      `BSON field 'distinct.key' is the wrong type '${typeOf(key)}', expected type 'string'`,
    );
  const parts = splitPath(key);
  const { text } = pipelineContext(command, ns, context);
  const values = new ValueSet();
  const strings: string[] = [];
  const collated = context.catalog.collection(ns)?.options['collation'] ?? command['collation'];
  const take = (value: Value): void => {
    if (typeof value === 'string' && collated !== undefined) {
      if (strings.some((other) => text(other, value) === 0)) return;
      strings.push(value);
    }
    values.add(value);
  };
  await each(selected(command, ns, context), (doc) => {
    visitPath(doc, parts, (value) => {
      if (Array.isArray(value)) for (const item of value) take(item);
      else if (value !== undefined) take(value);
      return false;
    });
    return false;
  });
  return reply([['values', values.values()]]);
};

export const getMore: Command = async (command, context) => {
  const id = command['getMore'];
  if (typeof id !== 'bigint')
    throw new MongoError(
      'TypeMismatch',
      `BSON field 'getMore.getMore' is the wrong type '${typeOf(id)}', expected type 'long'`,
    );
  const ns = namespaceOf(command, 'collection', context);
  const cursor = context.cursors.get(id);
  if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
  if (cursor.ns !== ns)
    throw new MongoError(
      'Unauthorized',
      `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
    );
  if (cursor.busy) throw new MongoError(50, `cursor id ${id} is already in use`);
  context.server.counters.getmore++;
  const size = countArgument(command, 'batchSize') || undefined;
  const wait = countArgument(command, 'maxTimeMS');
  cursor.busy = true;
  try {
    const nextBatch = await nextOf(cursor, size, { wait, context });
    if (cursor.done) context.cursors.close(id);
    return reply([
      [
        'cursor',
        docOf([
          ['nextBatch', nextBatch],
          ['id', cursor.done ? 0n : id],
          ['ns', ns],
        ]),
      ],
    ]);
  } catch (fault) {
    context.cursors.close(id);
    throw fault;
  } finally {
    cursor.busy = false;
  }
};

/** A tailable cursor at its end waits a little for new documents. */
async function nextOf(
  cursor: Cursor,
  size: number | undefined,
  { wait, context }: { wait: number | undefined; context: CommandContext },
): Promise<Value[]> {
  const deadline = performance.now() + (wait ?? 1000);
  for (;;) {
    const batch = await cursor.batch({
      size,
      deadline: cursor.options.tailable ? undefined : wait && deadline,
    });
    if (
      batch.length > 0 ||
      !cursor.options.tailable ||
      performance.now() > deadline ||
      context.client.closed.aborted
    )
      return batch;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const killCursors: Command = (command, context) => {
  namespaceOf(command, 'killCursors', context);
  const { cursors } = command;
  if (!Array.isArray(cursors))
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'",
    );
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of cursors) (typeof id === 'bigint' && context.cursors.close(id) ? killed : missing).push(id);
  return reply([
    ['cursorsKilled', killed],
    ['cursorsNotFound', missing],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
};
