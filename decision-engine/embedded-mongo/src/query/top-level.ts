import { compileExpression } from '../aggregate/expression.js';
import { type Doc, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber, truthy } from '../numeric/number.js';
import { compileText } from '../text/text-query.js';
import { parseFilter } from './compile-filter.js';
import { compileJsonSchema } from './json-schema.js';
import type { FilterContext, FilterNode } from './node.js';

/** `$and`, `$or`, `$nor`, `$expr`, `$jsonSchema` and what else stands where a field could. */
export function topLevelOperator(name: string, operand: Value, context: FilterContext): FilterNode[] {
  switch (name) {
    case '$and':
      return [{ kind: 'and', nodes: branches(name, operand, context) }];
    case '$or':
      return [{ kind: 'or', nodes: branches(name, operand, context) }];
    case '$nor':
      return [{ kind: 'nor', nodes: branches(name, operand, context) }];
    case '$comment':
      return [];
    case '$expr': {
      const expression = compileExpression(operand);
      const { variables, now, text } = context;
      return [
        {
          kind: 'test',
          test: (doc) => truthy(expression({ root: doc, current: doc, variables, now, text })),
        },
      ];
    }
    case '$jsonSchema': {
      if (!isDoc(operand)) throw new MongoError('TypeMismatch', '$jsonSchema must be an object');
      const valid = compileJsonSchema(operand);
      return [{ kind: 'test', test: (doc: Doc) => valid(doc) }];
    }
    case '$alwaysTrue':
      return [];
    case '$alwaysFalse':
      return [{ kind: 'or', nodes: [] }];
    case '$sampleRate': {
      const rate = isNumeric(operand) ? toNumber(operand) : 1;
      return [{ kind: 'test', test: () => Math.random() < rate }];
    }
    case '$where':
      throw new MongoError(
        'BadValue',
        'no globalScriptEngine in $where parsing: this server runs no JavaScript',
      );
    case '$text': {
      if (!context.indexes) return [{ kind: 'or', nodes: [] }];
      const index = context.indexes.find(({ plugin }) => plugin === 'text');
      if (!index) throw new MongoError('IndexNotFound', 'text index required for $text query');
      const { test, score } = compileText(operand, index);
      context.rank.score = score;
      return [{ kind: 'test', test }];
    }
    default:
      throw new MongoError(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function branches(name: string, operand: Value, context: FilterContext): FilterNode[] {
  if (!Array.isArray(operand)) throw new MongoError('BadValue', `${name} must be an array`);
  if (operand.length === 0) throw new MongoError('BadValue', '$and/$or/$nor must be a nonempty array');
  return operand.map((item) => {
    if (!isDoc(item)) throw new MongoError('BadValue', '$or/$and/$nor entries need to be full objects');
    return parseFilter(item, context);
  });
}
