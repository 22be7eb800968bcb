import { ObjectId } from 'bson';
import { compileExpression } from '../aggregate/expression.js';
import type { PipelineContext } from '../aggregate/flow.js';
import { mergeObjects } from '../aggregate/operators/objects.js';
import { readStages, stageOf } from '../aggregate/pipeline.js';
import { compilePipelineUpdate } from '../aggregate/pipeline-update.js';
import { decodeDoc } from '../bson/decode.js';
import { show } from '../bson/show.js';
import { type Doc, docOf, isDoc, keysOf, type Maybe, RawBson, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { compareUtf8 } from '../order/compare.js';
import { compileFilter } from '../query/compile-filter.js';
import { splitPath, valueAt } from '../query/path.js';
import { withIdFirst, withOwnId } from '../update/apply-update.js';
import type { CommandContext } from './command.js';
import type { Cursor } from './cursors.js';
import { insertOne } from './insert.js';
import { checkSystemWrite } from './namespace-rules.js';
import { keyText } from './read-request.js';
import { storable } from './validation.js';
import { firstRow } from './write-plan.js';

interface Running {
  readonly context: CommandContext;
  readonly pipeline: PipelineContext;
  readonly deadline: number | undefined;
}

/** Writes the results of a pipeline that ends in `$out` or `$merge`. */
export async function writeResults(stage: Doc, cursor: Cursor, running: Running): Promise<void> {
  const [name, operand] = stageOf(stage);
  if (name === '$out') await out(operand, cursor, running);
  else await merge(operand, cursor, running);
}

function target(into: Maybe, { context }: Running): string {
  const ns = isDoc(into)
    ? `${String(into['db'] ?? context.db)}.${String(into['coll'])}`
    : `${context.db}.${String(into)}`;
  checkSystemWrite(ns);
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  return ns;
}

async function out(operand: Value, cursor: Cursor, running: Running): Promise<void> {
  const { context } = running;
  const { catalog } = context;
  const ns = target(operand, running);
  const existing = catalog.collection(ns);
  if (existing?.capped)
    throw new MongoError(17152, `namespace '${ns}' is capped so it can't be used for $out`);
  const temporary = `${ns.split('.')[0]}.tmp.agg_out.${new ObjectId().toHexString()}`;
  await catalog.engine.write(() => {
    const made = catalog.create(temporary, existing?.options ?? docOf([]));
    for (const index of existing?.indexes.slice(1) ?? []) catalog.addIndex(made, index.spec.options);
  });
  try {
    while (!cursor.done) {
      const batch = await cursor.batch({ size: 500, deadline: running.deadline });
      await catalog.engine.write(() => {
        for (const doc of decoded(batch)) insertOne(doc, { ns: temporary, command: docOf([]), context });
      });
    }
  } catch (fault) {
    await catalog.engine.write(() => {
      const made = catalog.collection(temporary);
      if (made) catalog.drop(made);
    });
    throw fault;
  }
  await catalog.engine.write(() => {
    const [made, old] = [catalog.collection(temporary), catalog.collection(ns)];
    if (old) catalog.drop(old);
    if (made) catalog.rename(made, ns);
  });
}

function decoded(batch: readonly Value[]): Doc[] {
  return batch.flatMap((item) =>
    item instanceof RawBson ? [decodeDoc(item.bytes)] : isDoc(item) ? [item] : [],
  );
}

const MATCHED = new Set(['replace', 'keepExisting', 'merge', 'fail']);

async function merge(operand: Value, cursor: Cursor, running: Running): Promise<void> {
  const { context, pipeline } = running;
  const spec = isDoc(operand) ? operand : docOf([['into', operand]]);
  if (spec['into'] === undefined)
    throw new MongoError(40414, "BSON field '$merge.into' is missing but a required field");
  const ns = target(spec['into'], running);
  const on =
    spec['on'] === undefined ? ['_id'] : (Array.isArray(spec['on']) ? spec['on'] : [spec['on']]).map(String);
  checkUnique(on, ns, context);
  const whenMatched = spec['whenMatched'] ?? 'merge';
  const whenNotMatched = String(spec['whenNotMatched'] ?? 'insert');
  if (!Array.isArray(whenMatched) && !MATCHED.has(String(whenMatched))) {
    throw new MongoError(
      'BadValue',
      `Enumeration value '${String(whenMatched)}' for field '$merge.whenMatched' is not a valid value.`,
    );
  }
  const combine = combination(whenMatched, spec['let'], { pipeline, on, ns });
  while (!cursor.done) {
    const batch = await cursor.batch({ size: 500, deadline: running.deadline });
    await context.catalog.engine.write(() => {
      for (const doc of decoded(batch))
        mergeOne(withOwnId(doc), { ns, on, combine, whenNotMatched, context });
    });
  }
}

type Combine = (before: Doc, doc: Doc) => Doc | undefined;

function combination(
  whenMatched: Value,
  lets: Maybe,
  { pipeline, on, ns }: { pipeline: PipelineContext; on: readonly string[]; ns: string },
): Combine {
  if (Array.isArray(whenMatched)) {
    const stages = readStages(whenMatched);
    const bindings = isDoc(lets)
      ? keysOf(lets).map((key) => [key, compileExpression(lets[key])] as const)
      : undefined;
    return (before, doc) => {
      const { text, now } = pipeline;
      const scope = { root: doc, current: doc, variables: pipeline.variables, now, text };
      const own = bindings
        ? bindings.map(([key, bind]): [string, Maybe] => [key, bind(scope)])
        : [['new', doc] as [string, Maybe]];
      return withIdFirst(
        compilePipelineUpdate(stages, { now, variables: new Map([...pipeline.variables, ...own]) })(before),
        before['_id'],
      );
    };
  }
  if (whenMatched === 'replace') return (before, doc) => withIdFirst(doc, before['_id']);
  if (whenMatched === 'keepExisting') return () => undefined;
  if (whenMatched === 'merge')
    return (before, doc) => withIdFirst(mergeObjects([before, doc]), before['_id']);
  return (_, doc) => {
    const keyPattern = docOf(on.map((path) => [path, 1] as const));
    const keyValue = docOf(on.map((path) => [path, valueAt(doc, splitPath(path)) ?? null] as const));
    throw new MongoError(
      'DuplicateKey',
      `PlanExecutor error during aggregation :: caused by :: E11000 duplicate key error collection: ${ns} index: ${on.map((path) => `${path}_`).join('_')} dup key: ${show(keyValue)}`,
      { keyPattern, keyValue },
    );
  };
}

function mergeOne(
  doc: Doc,
  {
    ns,
    on,
    combine,
    whenNotMatched,
    context,
  }: { ns: string; on: readonly string[]; combine: Combine; whenNotMatched: string; context: CommandContext },
): void {
  const filter = docOf(
    on.map((path) => [path, docOf([['$eq', valueAt(doc, splitPath(path)) ?? null]])] as const),
  );
  const collection = context.catalog.collection(ns);
  const matcher = compileFilter(filter);
  const selection = {
    matcher,
    text: compareUtf8,
    collation: undefined,
    variables: new Map(),
    sort: [],
    hint: undefined,
    now: context.server.now(),
  };
  const row = collection && firstRow(collection, selection);
  if (row && collection) {
    const next = combine(row.doc, doc);
    if (next) collection.replace(row, { before: row.doc, after: next, bytes: storable(next) });
  } else if (whenNotMatched === 'insert') insertOne(doc, { ns, command: docOf([]), context });
  else if (whenNotMatched === 'fail') {
    throw new MongoError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  }
}

function checkUnique(on: readonly string[], ns: string, context: CommandContext): void {
  if (on.join() === '_id') return;
  const wanted = [...on].sort().join();
  const collection = context.catalog.collection(ns);
  const found = collection?.indexes.some(
    ({ spec }) => spec.unique && !spec.partialFilter && keysOf(spec.key).sort().join() === wanted,
  );
  if (!found)
    throw new MongoError(
      51183,
      `Cannot find index to verify that join fields will be unique: ${keyText(docOf(on.map((path) => [path, 1] as const)))}`,
    );
}
