import { show } from '../../bson/show.js';
import { Doc, docOf, isDoc, keysOf, setKey, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { integer, isNumeric, toInteger, toNumber } from '../../numeric/number.js';
import { compileFilter } from '../../query/compile-filter.js';
import { typeOf } from '../../query/type-names.js';
import { compileExpression } from '../expression.js';
import { filtering, gathering, mapping, PAUSE, type Stage, scopeOf } from '../flow.js';
import { addFields, project, readAddFields, readProjection } from '../projection.js';
import { docOperand, type StageCompiler } from './compiler.js';

function count(operand: Value, name: string, code: number): number {
  const number = toInteger(operand);
  if (number === undefined)
    throw new MongoError(
      code,
      `invalid argument to ${name} stage: Expected a number in: ${name}: ${show(operand)}`,
    );
  if (number < 0n)
    throw new MongoError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${number}`,
    );
  return Number(number);
}

export function limitStage(limit: number): Stage {
  return function* (input) {
    let left = limit;
    if (left === 0) return;
    for (const item of input) {
      yield item;
      if (item !== PAUSE && --left === 0) return;
    }
  };
}

function skipStage(skip: number): Stage {
  return function* (input) {
    let left = skip;
    for (const item of input) {
      if (item === PAUSE || left === 0) yield item;
      else left--;
    }
  };
}

function replaceRoot(source: Value, name: string): StageCompiler {
  const expression = compileExpression(source);
  return (_operand, context) =>
    mapping((doc) => {
      const root = expression(scopeOf(doc, context));
      if (isDoc(root)) return root;
      throw new MongoError(
        40228,
        `'${name === '$replaceRoot' ? 'newRoot' : 'replacement document'}' expression must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : show(root)}. Type of resulting value: '${typeOf(root)}'.`,
      );
    });
}

/** The stages that look at one document at a time, and the counting ones. */
export const simpleStages: Readonly<Record<string, StageCompiler>> = {
  $match: (operand, context) => {
    const { text, variables, now } = context;
    const matcher = compileFilter(docOperand(operand, 'match filter', 15959), { text, variables, now });
    return filtering((doc) => matcher.test(doc));
  },
  $project: (operand, context) => {
    const source = docOperand(operand, '$project', 15969);
    if (keysOf(source).length === 0)
      throw new MongoError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    const projection = readProjection(source);
    return mapping((doc) => project(projection, scopeOf(doc, context)));
  },
  $addFields: (operand, context) => {
    const node = readAddFields(docOperand(operand, '$addFields', 40272));
    return mapping((doc) => addFields(doc, node, scopeOf(doc, context)));
  },
  $unset: (operand, context) => {
    const paths = Array.isArray(operand) ? operand : [operand];
    for (const path of paths) {
      if (typeof path !== 'string')
        throw new MongoError(
          31120,
          '$unset specification must be a string or an array containing only string values',
        );
    }
    const projection = readProjection(docOf(paths.map((path) => [String(path), 0] as const)));
    return mapping((doc) => project(projection, scopeOf(doc, context)));
  },
  $replaceRoot: (operand, context) => {
    const source = docOperand(operand, '$replaceRoot', 40229);
    if (source['newRoot'] === undefined)
      throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
    return replaceRoot(source['newRoot'], '$replaceRoot')(operand, context);
  },
  $replaceWith: (operand, context) => replaceRoot(operand, '$replaceWith')(operand, context),
  $limit: (operand) => {
    const limit = count(operand, '$limit', 5107201);
    if (limit === 0) throw new MongoError(15958, 'the limit must be positive');
    return limitStage(limit);
  },
  $skip: (operand) => skipStage(count(operand, '$skip', 5107200)),
  $count: (operand) => {
    if (typeof operand !== 'string' || operand === '')
      throw new MongoError(40156, 'the count field must be a non-empty string');
    return function* (input) {
      let total = 0;
      for (const item of input) {
        if (item === PAUSE) yield PAUSE;
        else total++;
      }
      if (total > 0) yield docOf([[operand, integer(total)]]);
    };
  },
  $sample: (operand) => {
    const size = docOperand(operand, '$sample', 28745)['size'];
    if (!isNumeric(size)) throw new MongoError(28746, 'size argument to $sample must be a number');
    return gathering((docs) => {
      for (let i = docs.length - 1; i > 0; i--) {
        const j = Math.floor(Math.random() * (i + 1));
        const [a, b] = [docs[i], docs[j]];
        if (a && b) [docs[i], docs[j]] = [b, a];
      }
      return docs.slice(0, toNumber(size));
    });
  },
  $redact: (operand, context) => {
    const expression = compileExpression(operand);
    const redact = (doc: Doc, root: Doc): Doc | undefined => {
      const verdict = expression({ ...scopeOf(root, context), current: doc });
      if (verdict === 'prune') return undefined;
      if (verdict === 'keep') return doc;
      if (verdict !== 'descend')
        throw new MongoError(17053, '$redact must evaluate to one of $$DESCEND, $$PRUNE or $$KEEP');
      const result = new Doc();
      for (const key of keysOf(doc)) {
        const kept = below(doc[key] ?? null, root);
        if (kept !== undefined) setKey(result, key, kept);
      }
      return result;
    };
    const below = (value: Value, root: Doc): Value | undefined => {
      if (isDoc(value)) return redact(value, root);
      if (!Array.isArray(value)) return value;
      return value.map((item) => below(item, root)).filter((item) => item !== undefined);
    };
    return function* (input) {
      for (const item of input) {
        const kept = item === PAUSE ? PAUSE : redact(item, item);
        if (kept !== undefined) yield kept;
      }
    };
  },
  $documents: (operand, context) => {
    const items = compileExpression(operand)(scopeOf(new Doc(), context));
    if (!Array.isArray(items)) throw new MongoError(5858203, 'an array is expected for $documents');
    return () => items.filter(isDoc);
  },
};
