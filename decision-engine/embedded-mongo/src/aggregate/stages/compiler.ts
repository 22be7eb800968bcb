import { type Doc, isDoc, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import type { PipelineContext, Stage } from '../flow.js';

/** Compiles the operand of a stage. */
export type StageCompiler = (operand: Value, context: PipelineContext) => Stage;

export function docOperand(operand: Value, name: string, code = 40169): Doc {
  if (isDoc(operand)) return operand;
  throw new MongoError(code, `the ${name} specification must be an object`);
}
