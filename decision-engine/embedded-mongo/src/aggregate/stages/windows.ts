import { Aggregator } from 'mingo';
import { Context, ProcessingMode } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as pipeline from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { isDoc } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { gathering } from '../flow.js';
import { fromMingo, toMingo } from '../mingo-values.js';
import type { StageCompiler } from './compiler.js';

const options: Options = {
  context: Context.init({
    accumulator: accumulators,
    expression: expressions,
    pipeline,
    window: windows,
  } as never),
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
};

/** A stage that mingo runs over all documents at once. */
export function mingoStage(name: string): StageCompiler {
  return (operand) => {
    const source = toMingo(operand) as Record<string, never>;
    return gathering((docs) => {
      try {
        const results = new Aggregator([{ [name]: source }], options).run(
          docs.map((doc) => toMingo(doc) as Record<string, never>),
        );
        return results.map(fromMingo).filter(isDoc);
      } catch (fault) {
        throw new MongoError(
          'BadValue',
          `${name}: ${fault instanceof Error ? fault.message : String(fault)}`,
        );
      }
    });
  };
}
