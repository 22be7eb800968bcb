import { Aggregator } from 'mingo';
import { Context, ProcessingMode } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as pipeline from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { copyDoc, type Doc, isDoc, keysOf, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { splitPath } from '../../query/path.js';
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
  scriptEnabled: true,
  failOnError: true,
};

/** Where a document comes from, in what mingo is handed; no field of a stored document has a name like it. */
const ORIGIN = '\u0000origin';
const SCRIPTS = new Set(['$function', '$accumulator']);

/**
 * A stage that mingo runs over all documents at once. Of its results only the fields that the stage sets are taken: mingo
 * knows no number types, so all other fields stay as they were.
 */
export function mingoStage(name: string): StageCompiler {
  return (operand) => {
    checkNoScript(operand);
    const source = toMingo(operand) as Record<string, never>;
    const fields = new Set(fieldsSet(operand).map((path) => splitPath(path)[0] ?? ''));
    return gathering((docs) => {
      try {
        const results = new Aggregator([{ [name]: source }], options).run(
          docs.map((doc, i) => ({ ...(toMingo(doc) as Record<string, never>), [ORIGIN]: i as never })),
        );
        return results.map((result) => {
          const { [ORIGIN]: origin, ...rest } = result as Record<string, unknown>;
          const made = fromMingo(rest);
          if (!isDoc(made)) throw new Error('a result is no document');
          const original = typeof origin === 'number' ? docs[origin] : undefined;
          return original ? withFields(original, made, fields) : made;
        });
      } catch (fault) {
        throw new MongoError(
          'BadValue',
          `${name}: ${fault instanceof Error ? fault.message : String(fault)}`,
        );
      }
    });
  };
}

function fieldsSet(operand: Value): readonly string[] {
  if (!isDoc(operand)) return [];
  const { output, field } = operand;
  return [...(isDoc(output) ? keysOf(output) : []), ...(typeof field === 'string' ? [field] : [])];
}

function withFields(original: Doc, made: Doc, fields: ReadonlySet<string>): Doc {
  const doc = copyDoc(original);
  for (const field of fields) {
    const value = made[field];
    if (value !== undefined) setKey(doc, field, value);
  }
  return doc;
}

/** mingo puts functions of its own to use and has to be let; those of a client are not run. */
function checkNoScript(value: Value): void {
  if (Array.isArray(value)) for (const item of value) checkNoScript(item);
  if (!isDoc(value)) return;
  for (const key of keysOf(value)) {
    if (SCRIPTS.has(key)) throw new MongoError(168, `${key}: this server runs no JavaScript`);
    checkNoScript(value[key] ?? null);
  }
}
