import type { Maybe, Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { add, divide } from '../numeric/arithmetic.js';
import { double, isNumeric, kindOf, type Numeric, toNumber } from '../numeric/number.js';
import { compareValues } from '../order/compare.js';
import { mergeObjects, ValueSet } from './operators/objects.js';

/** Takes values one by one and answers at the end. */
export interface Accumulator {
  add(value: Maybe): void;
  result(): Maybe;
}

/** @throws MongoError 15952 for a name that is no accumulator. */
export function newAccumulator(name: string): Accumulator {
  switch (name) {
    case '$sum':
      return new Sum();
    case '$count':
      return new Sum();
    case '$avg':
      return new Average();
    case '$min':
      return new Extreme(-1);
    case '$max':
      return new Extreme(1);
    case '$first':
      return new End(true);
    case '$last':
      return new End(false);
    case '$push':
      return new Push();
    case '$addToSet':
      return new AddToSet();
    case '$mergeObjects':
      return new Merge();
    case '$stdDevPop':
      return new Deviation(0);
    case '$stdDevSamp':
      return new Deviation(1);
    default:
      throw new MongoError(15952, `unknown group operator '${name}'`);
  }
}

class Sum implements Accumulator {
  private total: Numeric = 0;
  private carry = 0;

  add(value: Maybe): void {
    if (typeof value === 'number' && typeof this.total === 'number') {
      const sum = this.total + value;
      // Two int32 whose sum is one, too.
      if (
        (value | 0) === value &&
        !Object.is(value, -0) &&
        (this.total | 0) === this.total &&
        (sum | 0) === sum
      ) {
        this.total = sum;
        return;
      }
    }
    if (!isNumeric(value)) return;
    if (kindOf(this.total) === 'double' && kindOf(value) === 'double') {
      // Kahan–Neumaier summation, so that long sums of doubles stay exact to the last digits.
      const [sum, item] = [toNumber(this.total), toNumber(value)];
      const next = sum + item;
      if (Number.isFinite(next))
        this.carry += Math.abs(sum) >= Math.abs(item) ? sum - next + item : item - next + sum;
      this.total = double(next);
      return;
    }
    this.total = add(this.total, value) ?? double(toNumber(this.total) + toNumber(value));
  }

  result(): Numeric {
    return this.carry === 0 ? this.total : (add(this.total, double(this.carry)) ?? this.total);
  }
}

class Average implements Accumulator {
  private readonly sum = new Sum();
  private count = 0;

  add(value: Maybe): void {
    if (!isNumeric(value)) return;
    this.sum.add(value);
    this.count++;
  }

  result(): Maybe {
    return this.count === 0 ? null : divide(this.sum.result(), this.count);
  }
}

class Extreme implements Accumulator {
  private best: Maybe;

  constructor(private readonly sign: 1 | -1) {}

  add(value: Maybe): void {
    if (value === undefined || value === null) return;
    if (this.best === undefined || compareValues(value, this.best) * this.sign > 0) this.best = value;
  }

  result(): Maybe {
    return this.best ?? null;
  }
}

class End implements Accumulator {
  private value: Maybe;
  private seen = false;

  constructor(private readonly first: boolean) {}

  add(value: Maybe): void {
    if (this.first && this.seen) return;
    this.seen = true;
    this.value = value;
  }

  result(): Maybe {
    return this.value ?? null;
  }
}

class Push implements Accumulator {
  private readonly items: Value[] = [];

  add(value: Maybe): void {
    if (value !== undefined) this.items.push(value);
  }

  result(): Maybe {
    return this.items;
  }
}

class AddToSet implements Accumulator {
  private readonly items = new ValueSet();

  add(value: Maybe): void {
    if (value !== undefined) this.items.add(value);
  }

  result(): Maybe {
    return this.items.values();
  }
}

class Merge implements Accumulator {
  private merged: Value = mergeObjects([]);

  add(value: Maybe): void {
    this.merged = mergeObjects([this.merged, value]);
  }

  result(): Maybe {
    return this.merged;
  }
}

/** Welford's running variance. */
class Deviation implements Accumulator {
  private count = 0;
  private mean = 0;
  private squares = 0;

  constructor(private readonly correction: 0 | 1) {}

  add(value: Maybe): void {
    if (!isNumeric(value)) return;
    const number = toNumber(value);
    const delta = number - this.mean;
    this.count++;
    this.mean += delta / this.count;
    this.squares += delta * (number - this.mean);
  }

  result(): Maybe {
    const divisor = this.count - this.correction;
    return divisor <= 0 ? null : double(Math.sqrt(this.squares / divisor));
  }
}
