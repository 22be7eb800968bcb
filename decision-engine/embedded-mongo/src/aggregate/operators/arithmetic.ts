import { Decimal128 } from 'bson';
import type { Maybe } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { add, divide, multiply, subtract } from '../../numeric/arithmetic.js';
import { divideHalfEven, TEN, toDecimal } from '../../numeric/decimal.js';
import {
  double,
  finite,
  isNumeric,
  kindOf,
  type Numeric,
  toInteger,
  toNumber,
} from '../../numeric/number.js';
import { typeOf } from '../../query/type-names.js';
import { ANY, eager, isNullish, ONE, type OperatorTable, TWO } from './operator.js';

function number(value: Maybe, name: string): Numeric {
  if (isNumeric(value)) return value;
  throw new MongoError(28765, `${name} only supports numeric types, not ${typeOf(value)}`);
}

function onNumber(compute: (value: number) => number) {
  return eager(ONE, ([value], _scope, name) =>
    isNullish(value) ? null : double(compute(toNumber(number(value, name)))),
  );
}

/** A whole-number function that keeps the type of its argument. */
function keepType(compute: (value: number) => number) {
  return eager(ONE, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    const given = number(value, name);
    const kind = kindOf(given);
    if (kind === 'int' || kind === 'long') return given;
    const result = compute(toNumber(given));
    return kind === 'decimal' ? Decimal128.fromString(String(result)) : double(result);
  });
}

function rounded(how: 'round' | 'trunc') {
  return eager([1, 2], ([value, places], _scope, name) => {
    if (isNullish(value)) return null;
    const given = number(value, name);
    const digits = places === undefined ? 0n : toInteger(places);
    if (places === null) return null;
    if (digits === undefined || digits < -20n || digits > 100n) {
      throw new MongoError(
        51082,
        `precision argument to ${name} must be a integral value between -20 and 100`,
      );
    }
    const exact = finite(given);
    const kind = kindOf(given);
    if (typeof exact === 'number') return given;
    const drop = -exact.exponent - Number(digits);
    if (drop <= 0) return given;
    const unit = TEN ** BigInt(drop);
    const coefficient = how === 'round' ? divideHalfEven(exact.coefficient, unit) : exact.coefficient / unit;
    const result = { coefficient, exponent: -Number(digits) };
    if (kind === 'decimal') return toDecimal(result);
    const plain = Number(`${result.coefficient}e${result.exponent}`);
    return kind === 'int' ? plain : kind === 'long' ? BigInt(plain) : double(plain);
  });
}

function sum(values: readonly Maybe[], name: string): Maybe {
  let total: Numeric = 0;
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) total = add(total, value) ?? double(toNumber(total) + toNumber(value));
    else
      throw new MongoError(
        'TypeMismatch',
        `${name} only supports numeric or date types, not ${typeOf(value)}`,
      );
  }
  return date ? new Date(date.getTime() + Math.round(toNumber(total))) : total;
}

export const arithmetic: OperatorTable = {
  $add: eager(ANY, (values, _scope, name) => sum(values, name)),
  $subtract: eager(TWO, ([a, b]) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
    if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
    if (isNumeric(a) && isNumeric(b)) return subtract(a, b) ?? double(toNumber(a) - toNumber(b));
    throw new MongoError('TypeMismatch', `can't $subtract ${typeOf(b)} from ${typeOf(a)}`);
  }),
  $multiply: eager(ANY, (values) => {
    let product: Numeric = 1;
    for (const value of values) {
      if (isNullish(value)) return null;
      if (!isNumeric(value))
        throw new MongoError('TypeMismatch', `$multiply only supports numeric types, not ${typeOf(value)}`);
      product = multiply(product, value) ?? double(toNumber(product) * toNumber(value));
    }
    return product;
  }),
  $divide: eager(TWO, ([a, b]) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNumeric(a) || !isNumeric(b)) {
      throw new MongoError(
        'TypeMismatch',
        `$divide only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`,
      );
    }
    if (toNumber(b) === 0) throw new MongoError('BadValue', "can't $divide by zero");
    return divide(a, b);
  }),
  $mod: eager(TWO, ([a, b]) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNumeric(a) || !isNumeric(b)) {
      throw new MongoError(16611, `$mod only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`);
    }
    if (toNumber(b) === 0) throw new MongoError(16610, "can't $mod by zero");
    if (typeof a === 'bigint' || typeof b === 'bigint') {
      const [x, y] = [toInteger(a), toInteger(b)];
      if (x !== undefined && y !== undefined && kindOf(a) !== 'double' && kindOf(b) !== 'double')
        return x % y;
    }
    const rest = toNumber(a) % toNumber(b);
    return kindOf(a) === 'int' && kindOf(b) === 'int' ? rest + 0 : double(rest);
  }),
  $abs: eager(ONE, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    const given = number(value, name);
    if (typeof given === 'bigint') return given < 0n ? -given : given;
    if (given instanceof Decimal128) return Decimal128.fromString(given.toString().replace(/^-/, ''));
    const size = Math.abs(toNumber(given));
    return kindOf(given) === 'int' ? (size > 0x7fffffff ? BigInt(size) : size) : double(size);
  }),
  $ceil: keepType(Math.ceil),
  $floor: keepType(Math.floor),
  $round: rounded('round'),
  $trunc: rounded('trunc'),
  $exp: onNumber(Math.exp),
  $sqrt: eager(ONE, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    const given = toNumber(number(value, name));
    if (given < 0) throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
    return double(Math.sqrt(given));
  }),
  $ln: onNumber(Math.log),
  $log10: onNumber(Math.log10),
  $log: eager(TWO, ([value, base], _scope, name) =>
    isNullish(value) || isNullish(base)
      ? null
      : double(Math.log(toNumber(number(value, name))) / Math.log(toNumber(number(base, name)))),
  ),
  $pow: eager(TWO, ([value, power], _scope, name) => {
    if (isNullish(value) || isNullish(power)) return null;
    const [base, exponent] = [number(value, name), number(power, name)];
    const result = toNumber(base) ** toNumber(exponent);
    const whole = [base, exponent].every((item) => kindOf(item) === 'int' || kindOf(item) === 'long');
    if (!whole || !Number.isSafeInteger(result)) return double(result);
    return Math.abs(result) <= 0x7fffffff && typeof base !== 'bigint' ? result : BigInt(result);
  }),
};
