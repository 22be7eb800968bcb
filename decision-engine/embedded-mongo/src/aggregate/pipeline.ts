import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { Flow, PipelineContext, Stage } from './flow.js';
import { stageCompilers } from './stages/all.js';

/** The stages of a pipeline as documents. @throws MongoError TypeMismatch (14) and 40323. */
export function readStages(pipeline: Maybe): Doc[] {
  if (!Array.isArray(pipeline))
    throw new MongoError('TypeMismatch', "'pipeline' option must be specified as an array");
  return pipeline.map((stage: Value) => {
    if (!isDoc(stage))
      throw new MongoError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
    if (keysOf(stage).length !== 1) {
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return stage;
  });
}

/** The name and the operand of a stage. */
export function stageOf(stage: Doc): [name: string, operand: Value] {
  const [name = ''] = keysOf(stage);
  return [name, stage[name] ?? null];
}

/** Compiles a pipeline (without `$out` and `$merge`) to one stage. */
export function compilePipeline(stages: readonly Doc[], context: PipelineContext): Stage {
  const compiled = stages.map((stage) => {
    const [name, operand] = stageOf(stage);
    const compile = stageCompilers.get(name);
    if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(operand, context);
  });
  return (input: Flow) => compiled.reduce((flow, stage) => stage(flow), input);
}
