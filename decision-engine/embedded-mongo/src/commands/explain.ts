import { PAUSE } from '../aggregate/flow.js';
import { readStages, stageOf } from '../aggregate/pipeline.js';
import { type Doc, docOf, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { integer } from '../numeric/number.js';
import type { Plan } from '../planner/plan.js';
import { readRows } from '../planner/read-rows.js';
import { type Command, type CommandContext, namespaceOf, reply } from './command.js';
import { planOf, type Selection, selectionOf } from './read-request.js';
import { VERSION } from './server-info.js';

/** Says which index a command would use, and (unless `queryPlanner` is asked) runs the read and counts. */
export const explain: Command = (command, context) => {
  const inner = command['explain'];
  if (!isDoc(inner))
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'explain.explain' is the wrong type, expected type 'object'",
    );
  return explainCommand(inner, command['verbosity'] === 'queryPlanner', context);
};

const NAMES = [
  'find',
  'aggregate',
  'count',
  'distinct',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
];

export function explainCommand(command: Doc, planOnly: boolean, context: CommandContext): Doc {
  const name = NAMES.find((candidate) => command[candidate] !== undefined);
  if (name === undefined)
    throw new MongoError(
      'CommandNotFound',
      `Explain failed due to unknown command: ${Object.keys(command)[0] ?? ''}`,
    );
  const ns = namespaceOf(command, name, context);
  const collection = context.catalog.collection(ns);
  const selection = selectionOf(readPart(command, name), { now: context.server.now(), collection });
  const plan: Plan | undefined = collection && planOf(selection, collection);
  const winning = plan ? planDoc(plan, selection) : docOf([['stage', 'EOF']]);
  const planner = docOf([
    ['namespace', ns],
    ['parsedQuery', readFilter(command, name)],
    ['winningPlan', winning],
    ['rejectedPlans', []],
  ]);
  const counters = { keys: 0, documents: 0 };
  const started = performance.now();
  let returned = 0;
  if (!planOnly && collection && plan) {
    for (const row of readRows(collection, plan, counters))
      if (row !== PAUSE && selection.matcher.test(row.doc)) returned++;
  }
  const stats = docOf([
    ['executionSuccess', true],
    ['nReturned', integer(returned)],
    ['executionTimeMillis', Math.round(performance.now() - started)],
    ['totalKeysExamined', integer(counters.keys)],
    ['totalDocsExamined', integer(counters.documents)],
    ['executionStages', winning],
  ]);
  return reply([
    ['explainVersion', '1'],
    ['queryPlanner', planner],
    ['executionStats', planOnly ? undefined : stats],
    ['command', command],
    [
      'serverInfo',
      docOf([
        ['host', context.server.host],
        ['port', context.server.port],
        ['version', VERSION],
      ]),
    ],
  ]);
}

function readFilter(command: Doc, name: string): Value {
  const { filter } = readPart(command, name);
  return filter ?? docOf([]);
}

function readPart(command: Doc, name: string): Parameters<typeof selectionOf>[0] {
  const [statement] = [command['updates'], command['deletes']]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isDoc);
  const source = statement ?? command;
  const filter =
    name === 'aggregate' ? leadingMatch(command) : (source['filter'] ?? source['query'] ?? source['q']);
  return {
    filter,
    filterName: 'filter',
    collation: source['collation'],
    let: command['let'],
    sort: source['sort'],
    hint: source['hint'],
  };
}

function leadingMatch(command: Doc): Value | undefined {
  const [first] = readStages(command['pipeline']);
  return first && stageOf(first)[0] === '$match' ? stageOf(first)[1] : undefined;
}

function planDoc(plan: Plan, selection: Selection): Doc {
  const access = accessDoc(plan);
  return selection.sort.length > 0 && !plan.sorted
    ? docOf([
        ['stage', 'SORT'],
        ['sortPattern', docOf(selection.sort.map(({ path, direction }) => [path, direction] as const))],
        ['inputStage', access],
      ])
    : access;
}

function accessDoc(plan: Plan): Doc {
  switch (plan.kind) {
    case 'scan':
      return docOf([
        ['stage', 'COLLSCAN'],
        ['direction', plan.reverse ? 'backward' : 'forward'],
      ]);
    case 'union':
      return docOf([
        ['stage', 'SUBPLAN'],
        ['inputStages', plan.plans.map(accessDoc)],
      ]);
    case 'point':
    case 'index': {
      const { spec, state } = plan.index;
      const scan = docOf([
        ['stage', 'IXSCAN'],
        ['keyPattern', spec.key],
        ['indexName', spec.name],
        ['isMultiKey', state.arrays !== 0],
        ['isUnique', spec.unique],
        ['isSparse', spec.sparse],
        ['isPartial', spec.partialFilter !== undefined],
        ['direction', plan.kind === 'index' && plan.reverse ? 'backward' : 'forward'],
      ]);
      return docOf([
        ['stage', 'FETCH'],
        ['inputStage', scan],
      ]);
    }
  }
}
