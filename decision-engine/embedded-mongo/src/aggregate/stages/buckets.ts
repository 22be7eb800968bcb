import { type Doc, docOf, isDoc, keysOf, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { compareValues } from '../../order/compare.js';
import { compileExpression } from '../expression.js';
import { gathering, PAUSE, type Stage } from '../flow.js';
import { compilePipeline, readStages } from '../pipeline.js';
import { docOperand, type StageCompiler } from './compiler.js';
import { groupField, grouping } from './group.js';
import { drain } from './lookup.js';
import { sorting } from './sort.js';

const COUNT = docOf([['count', docOf([['$sum', 1]])]]);

function outputFields(spec: Doc) {
  const output = isDoc(spec['output']) ? spec['output'] : COUNT;
  return keysOf(output).map((key) => groupField(key, output[key]));
}

export const bucketStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, '$bucket', 40201);
  const boundaries = spec['boundaries'];
  if (!Array.isArray(boundaries) || boundaries.length < 2)
    throw new MongoError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (let i = 1; i < boundaries.length; i++) {
    if (compareValues(boundaries[i - 1], boundaries[i]) >= 0) {
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order.");
    }
  }
  const by = compileExpression(spec['groupBy']);
  const fallback: Maybe = spec['default'];
  const group = grouping(
    (scope) => {
      const value = by(scope);
      for (let i = boundaries.length - 2; i >= 0; i--) {
        if (compareValues(value, boundaries[i]) >= 0 && compareValues(value, boundaries[i + 1]) < 0)
          return boundaries[i];
      }
      if (fallback === undefined)
        throw new MongoError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      return fallback;
    },
    outputFields(spec),
    context,
  );
  const sort = sorting(docOf([['_id', 1]]), context, undefined);
  return (input) => sort(group(input));
};

export const sortByCountStage: StageCompiler = (operand, context) => {
  const group = grouping(compileExpression(operand), [groupField('count', docOf([['$sum', 1]]))], context);
  const sort = sorting(docOf([['count', -1]]), context, undefined);
  return (input) => sort(group(input));
};

export const bucketAutoStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, '$bucketAuto', 40240);
  const by = compileExpression(spec['groupBy']);
  const wanted = Number(spec['buckets']);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new MongoError(
      40243,
      `The $bucketAuto 'buckets' field must be greater than 0, but found: ${wanted}`,
    );
  const fields = outputFields(spec);
  const { text, variables, now } = context;
  return gathering((docs) => {
    const items = docs.map((doc) => ({ doc, value: by({ root: doc, current: doc, variables, now, text }) }));
    items.sort((a, b) => compareValues(a.value, b.value, text));
    const buckets: { doc: Doc; value: Maybe }[][] = [];
    const size = Math.max(1, Math.round(items.length / wanted));
    for (let at = 0; at < items.length; ) {
      let end = buckets.length === wanted - 1 ? items.length : Math.min(items.length, at + size);
      while (end < items.length && compareValues(items[end]?.value, items[end - 1]?.value, text) === 0) end++;
      buckets.push(items.slice(at, end));
      at = end;
    }
    return buckets.map((bucket, i) => {
      const parts = fields.map((field) => ({ name: field.name, part: field.start() }));
      for (const { doc } of bucket)
        for (const { part } of parts) part.add({ root: doc, current: doc, variables, now, text });
      const max: Maybe = buckets[i + 1]?.[0]?.value ?? bucket.at(-1)?.value;
      const id = docOf([
        ['min', bucket[0]?.value ?? null],
        ['max', max ?? null],
      ]);
      return docOf([
        ['_id', id as Value],
        ...parts.map(({ name, part }): [string, Maybe] => [name, part.result() ?? null]),
      ]);
    });
  });
};

export const facetStage: StageCompiler = (operand, context) => {
  const spec = docOperand(operand, '$facet', 40169);
  const facets = keysOf(spec).map((key): [string, Stage] => [
    key,
    compilePipeline(readStages(spec[key]), context),
  ]);
  return function* (input) {
    const docs: Doc[] = [];
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else docs.push(item);
    }
    yield docOf(facets.map(([key, run]) => [key, drain(run(docs))] as const));
  };
};
