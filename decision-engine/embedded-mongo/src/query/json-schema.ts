import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { compareValues, equalValues } from '../order/compare.js';
import { TYPE_NUMBERS, typeOf } from './type-names.js';

type Valid = (value: Maybe) => boolean;

const JSON_TYPES: Readonly<Record<string, readonly string[]>> = {
  object: ['object'],
  array: ['array'],
  number: ['int', 'long', 'double', 'decimal'],
  boolean: ['bool'],
  string: ['string'],
  null: ['null'],
};

/**
 * Compiles MongoDB's `$jsonSchema` (draft 4 with `bsonType`).
 * @throws MongoError FailedToParse (9) for a keyword it does not have.
 */
export function compileJsonSchema(schema: Doc): Valid {
  const rules = keysOf(schema).map((keyword) => rule(keyword, schema[keyword] ?? null, schema));
  return (value) => value === undefined || rules.every((valid) => valid(value));
}

function rule(keyword: string, operand: Value, schema: Doc): Valid {
  switch (keyword) {
    case 'title':
    case 'description':
    case 'additionalItems':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return () => true;
    case 'bsonType':
    case 'type':
      return typeRule(keyword, operand);
    case 'enum':
      return (value) => list(operand).some((item) => equalValues(value, item));
    case 'required':
      return (value) => !isDoc(value) || list(operand).every((name) => value[String(name)] !== undefined);
    case 'properties': {
      const valid = sub(operand);
      return (value) => !isDoc(value) || [...valid].every(([name, test]) => test(value[name]));
    }
    case 'patternProperties': {
      const valid = [...sub(operand)].map(([pattern, test]) => [new RegExp(pattern, 'u'), test] as const);
      return (value) =>
        !isDoc(value) ||
        keysOf(value).every((key) =>
          valid.every(([pattern, test]) => !pattern.test(key) || test(value[key])),
        );
    }
    case 'additionalProperties':
      return additional(operand, schema);
    case 'items':
      return items(operand);
    case 'allOf':
    case 'anyOf':
    case 'oneOf': {
      const tests = list(operand).filter(isDoc).map(compileJsonSchema);
      const wanted = {
        allOf: (n: number) => n === tests.length,
        anyOf: (n: number) => n > 0,
        oneOf: (n: number) => n === 1,
      }[keyword];
      return (value) => wanted(tests.filter((test) => test(value)).length);
    }
    case 'not': {
      const test = isDoc(operand) ? compileJsonSchema(operand) : () => false;
      return (value) => !test(value);
    }
    case 'dependencies':
      return dependencies(operand);
    default:
      return measure(keyword, operand, schema);
  }
}

function measure(keyword: string, operand: Value, schema: Doc): Valid {
  const limit = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  switch (keyword) {
    case 'minimum':
      return (value) =>
        !isNumeric(value) || compareValues(value, operand) >= (schema['exclusiveMinimum'] === true ? 1 : 0);
    case 'maximum':
      return (value) =>
        !isNumeric(value) || compareValues(value, operand) <= (schema['exclusiveMaximum'] === true ? -1 : 0);
    case 'multipleOf':
      return (value) => !isNumeric(value) || toNumber(value) % limit === 0;
    case 'minLength':
      return (value) => typeof value !== 'string' || [...value].length >= limit;
    case 'maxLength':
      return (value) => typeof value !== 'string' || [...value].length <= limit;
    case 'pattern': {
      const pattern = new RegExp(String(operand), 'u');
      return (value) => typeof value !== 'string' || pattern.test(value);
    }
    case 'minItems':
      return (value) => !Array.isArray(value) || value.length >= limit;
    case 'maxItems':
      return (value) => !Array.isArray(value) || value.length <= limit;
    case 'uniqueItems':
      return (value) =>
        operand !== true ||
        !Array.isArray(value) ||
        value.every((item, i) => value.findIndex((other) => equalValues(item, other)) === i);
    case 'minProperties':
      return (value) => !isDoc(value) || keysOf(value).length >= limit;
    case 'maxProperties':
      return (value) => !isDoc(value) || keysOf(value).length <= limit;
    default:
      throw new MongoError('FailedToParse', `Unknown $jsonSchema keyword: ${keyword}`);
  }
}

function list(operand: Value): readonly Value[] {
  if (!Array.isArray(operand)) throw new MongoError('TypeMismatch', '$jsonSchema keyword must be an array');
  return operand;
}

function sub(operand: Value): Map<string, Valid> {
  if (!isDoc(operand))
    throw new MongoError('TypeMismatch', "$jsonSchema keyword 'properties' must be an object");
  return new Map(
    keysOf(operand).map((key) => {
      const schema = operand[key];
      if (!isDoc(schema))
        throw new MongoError(
          'TypeMismatch',
          `Nested schema for $jsonSchema property '${key}' must be an object`,
        );
      return [key, compileJsonSchema(schema)];
    }),
  );
}

function typeRule(keyword: string, operand: Value): Valid {
  const names = (Array.isArray(operand) ? operand : [operand]).flatMap((name) => {
    const text = String(name);
    if (keyword === 'type') {
      const types = JSON_TYPES[text];
      if (types) return types;
      throw new MongoError(
        text === 'integer' ? 'FailedToParse' : 'BadValue',
        `Unknown type name alias: ${text}`,
      );
    }
    if (text === 'number') return JSON_TYPES['number'] ?? [];
    if (TYPE_NUMBERS[text] === undefined)
      throw new MongoError('BadValue', `Unknown type name alias: ${text}`);
    return [text];
  });
  const wanted = new Set(names);
  return (value) => wanted.has(typeOf(value));
}

function additional(operand: Value, schema: Doc): Valid {
  if (operand === true) return () => true;
  const known = isDoc(schema['properties']) ? schema['properties'] : undefined;
  const patterns = isDoc(schema['patternProperties'])
    ? keysOf(schema['patternProperties']).map((p) => new RegExp(p, 'u'))
    : [];
  const test: Valid = isDoc(operand) ? compileJsonSchema(operand) : () => false;
  return (value) =>
    !isDoc(value) ||
    keysOf(value).every(
      (key) => known?.[key] !== undefined || patterns.some((p) => p.test(key)) || test(value[key]),
    );
}

function items(operand: Value): Valid {
  if (Array.isArray(operand)) {
    const tests = operand.filter(isDoc).map(compileJsonSchema);
    return (value) => !Array.isArray(value) || tests.every((test, i) => test(value[i]));
  }
  const test = isDoc(operand) ? compileJsonSchema(operand) : () => true;
  return (value) => !Array.isArray(value) || value.every((item) => test(item));
}

function dependencies(operand: Value): Valid {
  const rules = isDoc(operand) ? keysOf(operand).map((key) => [key, operand[key] ?? null] as const) : [];
  const tests = rules.map(([key, need]) => {
    const test: Valid = isDoc(need)
      ? compileJsonSchema(need)
      : (value) => isDoc(value) && list(need).every((name) => value[String(name)] !== undefined);
    return [key, test] as const;
  });
  return (value) => !isDoc(value) || tests.every(([key, test]) => value[key] === undefined || test(value));
}
