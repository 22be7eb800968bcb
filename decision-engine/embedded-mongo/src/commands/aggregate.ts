import { letVariables } from '../aggregate/expression.js';
import { type Flow, PAUSE, type Pause, type PipelineContext } from '../aggregate/flow.js';
import { neededFields } from '../aggregate/needed-fields.js';
import { compilePipeline, readStages, stageOf } from '../aggregate/pipeline.js';
import { geoNear } from '../aggregate/stages/geo-near.js';
import { limitStage } from '../aggregate/stages/simple.js';
import { sortItems } from '../aggregate/stages/sort.js';
import { type Doc, docOf, isDoc, type Maybe } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { toSafeInt, truthy } from '../numeric/number.js';
import { textOrder } from '../order/collation.js';
import { compareUtf8 } from '../order/compare.js';
import { planFor } from '../planner/plan.js';
import { readRows } from '../planner/read-rows.js';
import { compileFilter } from '../query/compile-filter.js';
import { readSort } from '../query/sort.js';
import { type Command, type CommandContext, docArgument, namespaceOf, reply } from './command.js';
import { deadlineOf, matching } from './find.js';
import { writeResults } from './output-stage.js';
import { collationOf, planOf, type Selection } from './read-request.js';
import { collectionStatistics, indexStatistics, sessionStatistics } from './statistics.js';

const FIRST_BATCH = 101;
const SOURCELESS = new Set(['$documents', '$collStats', '$indexStats', '$listLocalSessions', '$currentOp']);

export const aggregate: Command = (command, context) => {
  const whole = command['aggregate'] === 1 || typeof command['aggregate'] !== 'string';
  const ns = whole ? `${context.db}.$cmd.aggregate` : namespaceOf(command, 'aggregate', context);
  return runAggregate(command, ns, context);
};

/** Runs a pipeline and answers its first batch; `$out` and `$merge` write everything first. */
export async function runAggregate(command: Doc, ns: string, context: CommandContext): Promise<Doc> {
  const cursorOptions = docArgument(command, 'cursor');
  if (!cursorOptions && !truthy(command['explain'])) {
    throw new MongoError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const stages = readStages(command['pipeline']);
  const last = stages.at(-1);
  const [lastName] = last ? stageOf(last) : [''];
  const writes = lastName === '$out' || lastName === '$merge';
  const pipeline = pipelineContext(command, ns, context);
  checkPlaces(stages, ns);
  const flow = flowOf(writes ? stages.slice(0, -1) : stages, ns, {
    pipeline,
    context,
    hint: command['hint'],
  });
  const cursor = context.cursors.create(ns, flow, { owner: context.client.id });
  const deadline = deadlineOf(command);
  if (writes && last) {
    await writeResults(last, cursor, { context, pipeline, deadline });
    return reply([
      [
        'cursor',
        docOf([
          ['firstBatch', []],
          ['id', 0n],
          ['ns', ns],
        ]),
      ],
    ]);
  }
  const size = toSafeInt(cursorOptions?.['batchSize']) ?? FIRST_BATCH;
  const firstBatch = await cursor.batch({ size, deadline });
  if (!cursor.done) context.cursors.keep(cursor);
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
}

function checkPlaces(stages: readonly Doc[], ns: string): void {
  const collectionless = ns.endsWith('.$cmd.aggregate');
  for (const [i, stage] of stages.entries()) {
    const [name] = stageOf(stage);
    if (i > 0 && (SOURCELESS.has(name) || name === '$changeStream')) {
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline`);
    }
  }
  if (!collectionless) return;
  const [first] = stages;
  const name = first ? stageOf(first)[0] : '';
  if (
    name === '$documents' ||
    name === '$changeStream' ||
    name === '$currentOp' ||
    name === '$listLocalSessions'
  )
    return;
  throw new MongoError(
    'InvalidNamespace',
    `{aggregate: 1} is not valid for '${name}'; a collection is required.`,
  );
}

/** What a command's pipeline is compiled and run with. */
export function pipelineContext(command: Doc, ns: string, context: CommandContext): PipelineContext {
  const collection = context.catalog.collection(ns);
  const collation = collationOf(command['collation'], collection);
  return {
    db: context.db,
    ns,
    now: context.server.now(),
    text: textOrder(collation) ?? compareUtf8,
    collation,
    variables: letVariables(command['let']),
    allowDiskUse: true,
    source: (name, filter, inner) => sourceOf(name, filter, { inner, context }),
    statistics: (name, operand) => {
      const found = context.catalog.collection(ns);
      if (name === '$indexStats') return found ? indexStatistics(found, context) : [];
      if (name === '$currentOp') return [];
      if (name === '$listLocalSessions') return sessionStatistics(command, context);
      return [collectionStatistics(found, ns, { operand, context })];
    },
  };
}

/** The flow of a pipeline: a leading `$match` (and `$sort`, `$limit`) is read through the indexes. */
export function flowOf(
  stages: readonly Doc[],
  ns: string,
  { pipeline, context, hint }: { pipeline: PipelineContext; context: CommandContext; hint: Maybe },
): Flow {
  const view = context.catalog.view(ns);
  if (view) {
    const inner = [...readStages(view.options['pipeline'] ?? []), ...stages];
    const on = `${context.db}.${String(view.options['viewOn'])}`;
    return flowOf(inner, on, { pipeline: { ...pipeline, ns: on }, context, hint });
  }
  const [first] = stages;
  if (first && stageOf(first)[0] === '$geoNear') {
    const near = geoNear(first['$geoNear'] ?? null, context.catalog.collection(ns));
    const found = pipeline.source(ns, near.query, pipeline);
    return compilePipeline(stages.slice(1), pipeline)(near.run(found));
  }
  const collection = context.catalog.collection(ns);
  // The first $match may need the collection's indexes; it is compiled with them below.
  const match = first && stageOf(first)[0] === '$match' ? stageOf(first)[1] : undefined;
  if (isDoc(match)) compileFilter(match, { ...pipeline, collection: collection ?? 'missing' });
  const run = compilePipeline(isDoc(match) ? stages.slice(1) : stages, pipeline);
  if (first && (SOURCELESS.has(stageOf(first)[0]) || stageOf(first)[0] === '$changeStream')) return run([]);
  if (!collection) return run([]);
  return pushDown(stages, pipeline, {
    collection,
    selection: (selection) => ({ plan: planOf({ ...selection, hint }, collection) }),
  });
}

/** Takes what the planner can serve off the beginning of a pipeline. */
function pushDown(
  stages: readonly Doc[],
  pipeline: PipelineContext,
  {
    collection,
    selection,
  }: {
    collection: Parameters<typeof readRows>[0];
    selection(selection: Selection): { plan: ReturnType<typeof planOf> };
  },
): Flow {
  const { text, variables, now, collation } = pipeline;
  let rest = stages;
  let filter: Doc = docOf([]);
  const take = (name: string): Doc | undefined => {
    const [stage] = rest;
    if (!stage || stageOf(stage)[0] !== name) return undefined;
    const operand = stage[name];
    if (!isDoc(operand)) return undefined;
    rest = rest.slice(1);
    return operand;
  };
  filter = take('$match') ?? filter;
  const [next] = rest;
  const sortStage = next && stageOf(next)[0] === '$sort' && isDoc(next['$sort']) ? next['$sort'] : undefined;
  const matcher = compileFilter(filter, { text, variables, now, collection });
  const sort = sortStage ? readSort(sortStage, matcher.rank) : [];
  const { plan } = selection({ matcher, text, collation, variables, sort, hint: undefined, now });
  if (sortStage) rest = rest.slice(1);
  const found = matching(readRows(collection, plan, { keys: 0, documents: 0 }), matcher);
  const needed = neededFields(sortStage ? [docOf([['$sort', sortStage]]), ...rest] : rest);
  let flow: Flow = docsOf(found, needed);
  if (sortStage && !plan.sorted) {
    const limit = rest[0]
      ? toSafeInt(stageOf(rest[0])[0] === '$limit' ? rest[0]['$limit'] : undefined)
      : undefined;
    flow = sortItems(flow, (doc: Doc) => doc, { fields: sort, text, limit });
    if (limit !== undefined) flow = limitStage(limit)(flow);
  }
  return compilePipeline(rest, pipeline)(flow);
}

function* docsOf(rows: ReturnType<typeof matching>, needed?: ReadonlySet<string>): Generator<Doc | Pause> {
  for (const row of rows) yield row === PAUSE ? PAUSE : row.view(needed);
}

/** The documents of a namespace for `$lookup` and its like. */
function sourceOf(
  ns: string,
  filter: Doc | undefined,
  { inner, context }: { inner: PipelineContext; context: CommandContext },
): Flow {
  const stages = filter ? [docOf([['$match', filter]])] : [];
  if (context.catalog.view(ns)) return flowOf(stages, ns, { pipeline: inner, context, hint: undefined });
  const collection = context.catalog.collection(ns);
  if (!collection) return [];
  const { text, collation, variables, now } = inner;
  const matcher = compileFilter(filter ?? docOf([]), { text, variables, now });
  const plan = planFor({ collection, matcher, sort: [], collation, hint: undefined });
  return docsOf(matching(readRows(collection, plan, { keys: 0, documents: 0 }), matcher));
}
