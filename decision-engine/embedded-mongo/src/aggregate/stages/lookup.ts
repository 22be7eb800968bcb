import { copyDoc, Doc, docOf, isDoc, keysOf, type Maybe, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { toInteger } from '../../numeric/number.js';
import { splitPath } from '../../query/path.js';
import { compileExpression, follow } from '../expression.js';
import { type Flow, PAUSE, type PipelineContext, type Stage, scopeOf } from '../flow.js';
import { ValueSet } from '../operators/objects.js';
import { compilePipeline, readStages } from '../pipeline.js';
import { docOperand, type StageCompiler } from './compiler.js';
import { replaceAt } from './unwind.js';

/** The documents of a flow, for the inner pipelines that answer one document of the outer one. */
export function drain(flow: Flow): Doc[] {
  const docs: Doc[] = [];
  for (const item of flow) if (item !== PAUSE) docs.push(item);
  return docs;
}

/** What a local field asks of the foreign one: equal to the value, or to one of an array's elements. */
function equality(path: string, value: Maybe): Doc {
  if (Array.isArray(value))
    return docOf([[path, docOf([['$in', [...value.filter((item) => !Array.isArray(item)), value]]])]]);
  return docOf([[path, docOf([['$eq', value ?? null]])]]);
}

function text(spec: Doc, key: string, name: string): string | undefined {
  const value = spec[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  throw new MongoError('FailedToParse', `${name} argument '${key}' must be a string, found ${typeof value}`);
}

export const lookupStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, '$lookup', 9);
  for (const key of keysOf(spec)) {
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(key)) {
      throw new MongoError('FailedToParse', `unknown argument to $lookup: ${key}`);
    }
  }
  const [from, as, localField, foreignField] = ['from', 'as', 'localField', 'foreignField'].map((key) =>
    text(spec, key, '$lookup'),
  );
  if (as === undefined) throw new MongoError('FailedToParse', "must specify 'as' field for a $lookup");
  if (
    (localField === undefined) !== (foreignField === undefined) ||
    (localField === undefined && spec['pipeline'] === undefined)
  ) {
    throw new MongoError(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  const ns = from === undefined ? undefined : `${context.db}.${from}`;
  const lets = isDoc(spec['let']) ? spec['let'] : new Doc();
  const bindings = keysOf(lets).map((key) => [key, compileExpression(lets[key])] as const);
  const stages = spec['pipeline'] === undefined ? [] : readStages(spec['pipeline']);
  const [local, out] = [splitPath(localField ?? ''), splitPath(as)];
  if (stages.length > 0)
    compilePipeline(stages, {
      ...context,
      variables: new Map([...context.variables, ...bindings.map(([key]) => [key, null] as const)]),
    });
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = scopeOf(item, context);
      const variables = new Map([
        ...context.variables,
        ...bindings.map(([key, bind]): [string, Maybe] => [key, bind(scope)]),
      ]);
      const inner: PipelineContext = { ...context, variables, ns: ns ?? context.ns };
      const filter = foreignField === undefined ? undefined : equality(foreignField, follow(item, local, 0));
      const found: Flow = ns === undefined ? [] : context.source(ns, filter, inner);
      const results: Value[] = drain(stages.length === 0 ? found : compilePipeline(stages, inner)(found));
      yield replaceAt(item, out, results);
      yield PAUSE;
    }
  };
};

export const unionStage: StageCompiler = (operand, context) => {
  const spec =
    typeof operand === 'string' ? docOf([['coll', operand]]) : docOperand(operand, '$unionWith', 9);
  const ns = `${context.db}.${String(spec['coll'])}`;
  const inner = { ...context, ns };
  const run: Stage =
    spec['pipeline'] === undefined ? (flow) => flow : compilePipeline(readStages(spec['pipeline']), inner);
  return function* (input) {
    yield* input;
    yield* run(spec['coll'] === undefined ? [] : context.source(ns, undefined, inner));
  };
};

export const graphLookupStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, '$graphLookup', 9);
  const [from = '', as = '', connectTo = '', connectFrom = ''] = [
    'from',
    'as',
    'connectToField',
    'connectFromField',
  ].map((key) => text(spec, key, '$graphLookup'));
  const start = compileExpression(spec['startWith']);
  const maxDepth =
    spec['maxDepth'] === undefined ? Number.POSITIVE_INFINITY : Number(toInteger(spec['maxDepth']) ?? 0n);
  const depthField = text(spec, 'depthField', '$graphLookup');
  const restrict = isDoc(spec['restrictSearchWithMatch']) ? spec['restrictSearchWithMatch'] : undefined;
  const ns = `${context.db}.${from}`;
  const search = (first: Maybe): Doc[] => {
    const found = new Map<string, Doc>();
    const seenIds = new ValueSet();
    let frontier: Maybe = first;
    for (let depth = 0; depth <= maxDepth && frontier !== undefined; depth++) {
      const filter = equality(connectTo, frontier);
      const wanted = restrict ? docOf([['$and', [filter, restrict]]]) : filter;
      const next = new ValueSet();
      for (const doc of drain(context.source(ns, wanted, { ...context, ns }))) {
        const id = doc['_id'] ?? null;
        if (!seenIds.add(id)) continue;
        const copy = copyDoc(doc);
        if (depthField !== undefined) setKey(copy, depthField, BigInt(depth));
        found.set(String(found.size), copy);
        const values = follow(doc, splitPath(connectFrom), 0);
        for (const value of Array.isArray(values) ? values : values === undefined ? [] : [values])
          next.add(value);
      }
      frontier = next.size === 0 ? undefined : next.values();
    }
    return [...found.values()];
  };
  return function* (input) {
    for (const item of input)
      yield item === PAUSE ? PAUSE : replaceAt(item, splitPath(as), search(start(scopeOf(item, context))));
  };
};
