import { Timestamp } from 'bson';
import { show } from '../bson/show.js';
import { type Doc, isDoc, keysOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { add, multiply } from '../numeric/arithmetic.js';
import { isNumeric, kindOf, toInteger, toNumber } from '../numeric/number.js';
import { compareValues, equalValues } from '../order/compare.js';
import { typeOf } from '../query/type-names.js';
import type { Place } from './locate.js';
import { pullTest } from './pull.js';
import { pushed } from './push.js';

/** What an operator is applied with. */
export interface Applying {
  readonly doc: Doc;
  readonly now: Date;
  readonly inserting: boolean;
}

/** Changes one place of a document. */
export type UpdateOperator = (place: Place, operand: Value, applying: Applying) => void;

function idOf({ doc }: Applying): string {
  return `{_id: ${show(doc['_id'] ?? null)}}`;
}

function arrayAt(place: Place, name: string, applying: Applying): readonly Value[] | undefined {
  const value = place.get();
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value;
  if (name === '$pull' || name === '$pullAll')
    throw new MongoError('BadValue', `Cannot apply ${name} to a non-array value`);
  if (name === '$pop') {
    throw new MongoError(
      'TypeMismatch',
      `Path '${place.path}' contains an element of non-array type '${typeOf(value)}'`,
    );
  }
  if (name === '$addToSet') {
    throw new MongoError(
      'BadValue',
      `Cannot apply $addToSet to non-array field. Field named '${place.path.split('.').at(-1)}' has non-array type ${typeOf(value)}`,
    );
  }
  throw new MongoError(
    'BadValue',
    `The field '${place.path}' must be an array but is of type ${typeOf(value)} in document ${idOf(applying)}`,
  );
}

function calculate(name: '$inc' | '$mul'): UpdateOperator {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return (place, operand, applying) => {
    if (!isNumeric(operand)) {
      throw new MongoError(
        'TypeMismatch',
        `Cannot ${verb} with non-numeric argument: {${place.path}: ${show(operand)}}`,
      );
    }
    const value = place.get();
    if (value === undefined) {
      place.set(name === '$inc' ? operand : (multiply(operand, 0) ?? 0));
      return;
    }
    if (!isNumeric(value)) {
      throw new MongoError(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. ${idOf(applying)} has the field '${place.path.split('.').at(-1)}' of non-numeric type ${typeOf(value)}`,
      );
    }
    const result = name === '$inc' ? add(value, operand) : multiply(value, operand);
    if (result === undefined) {
      throw new MongoError(
        'BadValue',
        `Failed to apply ${name} operations to current value (${show(value)}) for document ${idOf(applying)}`,
      );
    }
    place.set(result);
  };
}

function extreme(sign: 1 | -1): UpdateOperator {
  return (place, operand) => {
    const value = place.get();
    if (value === undefined || compareValues(operand, value) * sign > 0) place.set(operand);
  };
}

const addToSet: UpdateOperator = (place, operand, applying) => {
  const each = isDoc(operand) && keysOf(operand)[0] === '$each' ? operand['$each'] : [operand];
  if (!Array.isArray(each)) {
    throw new MongoError(
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${typeOf(each)}`,
    );
  }
  const items = [...(arrayAt(place, '$addToSet', applying) ?? [])];
  for (const item of each) if (!items.some((other) => equalValues(other, item))) items.push(item);
  place.set(items);
};

const pop: UpdateOperator = (place, operand, applying) => {
  const end = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (end !== 1 && end !== -1)
    throw new MongoError('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`);
  const items = arrayAt(place, '$pop', applying);
  if (items) place.set(end === 1 ? items.slice(0, -1) : items.slice(1));
};

const bit: UpdateOperator = (place, operand, applying) => {
  if (!isDoc(operand)) {
    throw new MongoError(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeOf(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const value = place.get() ?? 0;
  let result = integerBits(value, applying);
  let long = typeof value === 'bigint';
  for (const name of keysOf(operand)) {
    const mask = operand[name];
    const bits = toInteger(mask);
    if (bits === undefined || !isNumeric(mask) || kindOf(mask) === 'double') {
      throw new MongoError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(mask)}' is not supported here: {${name}: ${show(mask)}}`,
      );
    }
    long ||= typeof mask === 'bigint';
    if (name === 'and') result &= bits;
    else if (name === 'or') result |= bits;
    else if (name === 'xor') result ^= bits;
    else
      throw new MongoError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(mask)}}`,
      );
  }
  place.set(long ? BigInt.asIntN(64, result) : Number(BigInt.asIntN(32, result)));
};

function integerBits(value: Value, applying: Applying): bigint {
  const bits = toInteger(value);
  if (bits === undefined || !isNumeric(value) || kindOf(value) === 'double') {
    throw new MongoError(
      'BadValue',
      `Cannot apply $bit to a value of non-integral type.${idOf(applying)} has the field of non-integer type ${typeOf(value)}`,
    );
  }
  return bits;
}

const currentDate: UpdateOperator = (place, operand, { now }) => {
  const type = isDoc(operand) ? operand['$type'] : operand;
  if (operand === true || operand === false || type === 'date') place.set(now);
  else if (type === 'timestamp') place.set(new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
  else if (isDoc(operand))
    throw new MongoError(
      'BadValue',
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  else
    throw new MongoError(
      'BadValue',
      `${typeOf(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
};

/** The operators that change one place; `$unset` and `$rename` remove and are apart. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set: (place, operand) => {
    place.get();
    place.set(operand);
  },
  $setOnInsert: (place, operand, { inserting }) => {
    if (inserting) place.set(operand);
  },
  $inc: calculate('$inc'),
  $mul: calculate('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $addToSet: addToSet,
  $pop: pop,
  $bit: bit,
  $push: (place, operand, applying) => {
    place.set(pushed(arrayAt(place, '$push', applying) ?? [], operand));
  },
  $pull: (place, operand, applying) => {
    const items = arrayAt(place, '$pull', applying);
    const matches = pullTest(operand);
    if (items?.some(matches)) place.set(items.filter((item) => !matches(item)));
  },
  $pullAll: (place, operand, applying) => {
    if (!Array.isArray(operand))
      throw new MongoError(
        'BadValue',
        `$pullAll requires an array argument but was given a ${typeOf(operand)}`,
      );
    const items = arrayAt(place, '$pullAll', applying);
    if (items) place.set(items.filter((item) => !operand.some((other) => equalValues(other, item))));
  },
};
