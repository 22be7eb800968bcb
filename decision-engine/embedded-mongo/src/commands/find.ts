import { PAUSE, type Pause } from '../aggregate/flow.js';
import { sortItems } from '../aggregate/stages/sort.js';
import { copyDoc, type Doc, docOf, isDoc, type Maybe, RawBson, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toSafeInt, truthy } from '../numeric/number.js';
import type { Plan } from '../planner/plan.js';
import { type ReadCounters, readRows } from '../planner/read-rows.js';
import type { Matcher } from '../query/compile-filter.js';
import { compileFindProjection, fieldsLetIn } from '../query/find-projection.js';
import type { Collection } from '../storage/collection.js';
import type { Row } from '../storage/row.js';
import { runAggregate } from './aggregate.js';
import {
  type Command,
  type CommandContext,
  countArgument,
  docArgument,
  namespaceOf,
  reply,
} from './command.js';
import { boundedPlan, keyOnly, withRecord } from './key-bounds.js';
import { planOf, type Selection, selectionOf } from './read-request.js';

const FIRST_BATCH = 101;

export const find: Command = async (command, context) => {
  const ns = namespaceOf(command, 'find', context);
  const view = context.catalog.view(ns);
  if (view) return runAggregate(viewPipeline(command), ns, context);
  const collection = context.catalog.collection(ns);
  const items = findItems(command, collection, context);
  const limit = limitOf(command);
  const single = truthy(command['singleBatch']) || limit < 0;
  const size = countArgument(command, 'batchSize') ?? FIRST_BATCH;
  const tailable = truthy(command['tailable']) && collection?.capped === true;
  const cursor = context.cursors.create(ns, items, {
    owner: context.client.id,
    tailable,
    noTimeout: truthy(command['noCursorTimeout']),
  });
  const wanted = single && limit !== 0 ? Math.abs(limit) : size;
  const firstBatch = await cursor.batch({ size: wanted, deadline: deadlineOf(command) });
  if (limit !== 0 && firstBatch.length >= Math.abs(limit)) cursor.done = true;
  if (single) cursor.done = true;
  if (cursor.done) cursor.close();
  else context.cursors.keep(cursor);
  return reply([
    [
      'cursor',
      docOf([
        ['firstBatch', firstBatch],
        ['id', cursor.done ? 0n : cursor.id],
        ['ns', ns],
      ]),
    ],
  ]);
};

/** When the time of `maxTimeMS` is up, on the clock of `performance.now()`. */
export function deadlineOf(command: Doc): number | undefined {
  const limit = countArgument(command, 'maxTimeMS');
  return limit ? performance.now() + limit : undefined;
}

function limitOf(command: Doc): number {
  const limit = command['limit'];
  const number = isNumeric(limit) ? (toSafeInt(limit) ?? 0) : 0;
  if (number < 0)
    throw new MongoError(51024, `BSON field 'limit' value must be >= 0, actual value '${number}'`);
  return number;
}

function selectionOfFind(
  command: Doc,
  collection: Collection | undefined,
  context: CommandContext,
): Selection {
  const now = context.server.now();
  const { sort } = command;
  if (sort !== undefined && !isDoc(sort))
    throw new MongoError('TypeMismatch', "BSON field 'sort' is the wrong type, expected type 'object'");
  return selectionOf(
    {
      filter: command['filter'],
      filterName: 'filter',
      collation: command['collation'],
      let: command['let'],
      sort,
      hint: command['hint'],
    },
    { now, collection },
  );
}

/** The documents `find` answers, as they are stored where nothing is projected. */
function findItems(
  command: Doc,
  collection: Collection | undefined,
  context: CommandContext,
): Iterable<RawBson | Doc | Pause> {
  const selection = selectionOfFind(command, collection, context);
  const projection = docArgument(command, 'projection');
  const compiled = compileFindProjection(projection, selection);
  const [skip, limit] = [countArgument(command, 'skip') ?? 0, limitOf(command)];
  if (!collection) return [];
  const counters: ReadCounters = { keys: 0, documents: 0 };
  const planned = planOf(selection, collection);
  const plan = boundedPlan(command, planned) ?? planned;
  const tailable = truthy(command['tailable']);
  if (tailable && !collection.capped) {
    throw new MongoError(
      'BadValue',
      `error processing query: ns=${collection.ns} tailable cursor requested on non capped collection`,
    );
  }
  const project = projectRow(command, { projection, compiled, plan });
  if (tailable) return tail(collection, selection, project);
  const rows = matching(readRows(collection, plan, counters), selection.matcher);
  if (selection.sort.length === 0 || plan.sorted) return cutRows(rows, { skip, limit, project });
  const { sort: fields, text } = selection;
  const paths = fields.some(({ value }) => value)
    ? undefined
    : new Set(fields.map(({ parts: [first = ''] }) => first));
  const sorted = sortItems(rows, (row) => row.view(paths), {
    fields,
    text,
    limit: limit === 0 ? undefined : skip + limit,
  });
  return cutRows(sorted, { skip, limit, project });
}

/** What a row is answered as; undefined for the bytes that are stored. */
function projectRow(
  command: Doc,
  {
    projection,
    compiled,
    plan,
  }: { projection: Doc | undefined; compiled: ((doc: Doc) => Doc) | undefined; plan: Plan },
): ((row: Row) => Doc) | undefined {
  if (truthy(command['returnKey'])) return keyOnly(plan);
  const read = fieldsLetIn(projection);
  if (truthy(command['showRecordId']))
    return (row) => withRecord(compiled ? compiled(row.view(read)) : copyDoc(row.doc), row);
  return compiled && ((row) => compiled(row.view(read)));
}

/** The rows that fulfil a filter; one without conditions is not even decoded. */
export function* matching(rows: Iterable<Row | Pause>, matcher: Matcher): Generator<Row | Pause> {
  const all = matcher.node.kind === 'and' && matcher.node.nodes.length === 0;
  for (const row of rows) if (row === PAUSE || all || matcher.test(row.view(matcher.fields))) yield row;
}

function* cutRows(
  rows: Iterable<Row | Pause>,
  { skip, limit, project }: { skip: number; limit: number; project: ((row: Row) => Doc) | undefined },
): Generator<RawBson | Doc | Pause> {
  let [toSkip, left] = [skip, limit];
  for (const row of rows) {
    if (row === PAUSE) yield PAUSE;
    else if (toSkip > 0) toSkip--;
    else {
      yield project ? project(row) : new RawBson(row.bytes);
      if (limit !== 0 && --left === 0) return;
    }
  }
}

/** A capped collection's documents, and after the last one those that come later: the iterator can be asked again. */
function tail(
  collection: Collection,
  { matcher }: Selection,
  project: ((row: Row) => Doc) | undefined,
): Iterable<RawBson | Doc> {
  let after: number | undefined;
  let rows: Row[] = [];
  const next = (): IteratorResult<RawBson | Doc> => {
    for (;;) {
      const row = rows.shift();
      if (!row) {
        if (collection.dropped) throw new MongoError(175, 'collection dropped');
        rows = collection.chunk(after, false);
        if (rows.length === 0) return { done: true, value: undefined };
        continue;
      }
      after = row.record;
      if (matcher.test(row.doc))
        return { done: false, value: project ? project(row) : new RawBson(row.bytes) };
    }
  };
  return { [Symbol.iterator]: () => ({ next }) };
}

/** `find` on a view is an aggregation. */
function viewPipeline(command: Doc): Doc {
  const stages: Value[] = [];
  const add = (name: string, value: Maybe): void => {
    if (value !== undefined && value !== null) stages.push(docOf([[name, value]]));
  };
  add('$match', command['filter']);
  add('$sort', command['sort']);
  add('$skip', truthy(command['skip']) ? command['skip'] : undefined);
  add('$limit', truthy(command['limit']) ? command['limit'] : undefined);
  const projection = docArgument(command, 'projection');
  if (projection && Object.keys(projection).length > 0) add('$project', projection);
  const batchSize = command['batchSize'];
  return docOf([
    ['aggregate', command['find']],
    ['pipeline', stages],
    ['cursor', docOf([['batchSize', batchSize]])],
    ['collation', command['collation']],
    ['let', command['let']],
  ]);
}
