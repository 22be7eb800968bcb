import { Doc, type Maybe } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { compareUtf8 } from '../order/compare.js';
import { PAUSE, type PipelineContext } from './flow.js';
import { compilePipeline, stageOf } from './pipeline.js';

const ALLOWED = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** An update by pipeline as a function of one document. @throws MongoError InvalidOptions (72) for other stages. */
export function compilePipelineUpdate(
  stages: readonly Doc[],
  { now, variables }: { readonly now: Date; readonly variables: ReadonlyMap<string, Maybe> },
): (doc: Doc) => Doc {
  for (const stage of stages) {
    const [name] = stageOf(stage);
    if (!ALLOWED.has(name))
      throw new MongoError('InvalidOptions', `${name} is not allowed to be used within an update`);
  }
  const context: PipelineContext = {
    db: '',
    ns: '',
    now,
    text: compareUtf8,
    collation: undefined,
    variables,
    allowDiskUse: false,
    source: () => [],
    statistics: () => [],
  };
  const run = compilePipeline(stages, context);
  return (doc) => {
    for (const result of run([doc])) if (result !== PAUSE) return result;
    return new Doc();
  };
}
