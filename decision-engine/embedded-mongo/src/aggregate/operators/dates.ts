import type { Maybe, Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { toInteger } from '../../numeric/number.js';
import { typeOf } from '../../query/type-names.js';
import { isNullish, named, type OperatorTable } from './operator.js';
import { dateOf } from './types.js';

const MILLISECONDS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

/** Moves a date; a day that the month reached does not have becomes its last. UTC. */
function moved(date: Date, unit: string, amount: number): Date {
  const step = MILLISECONDS[unit];
  if (step !== undefined) return new Date(date.getTime() + amount * step);
  const months = MONTHS[unit];
  if (months === undefined) throw new MongoError('FailedToParse', `unknown time unit value: ${unit}`);
  const result = new Date(date);
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + amount * months);
  const last = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(date.getUTCDate(), last));
  return result;
}

function shift(sign: 1 | -1) {
  return named(
    { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] },
    ({ startDate, unit, amount }, _scope, name): Maybe => {
      if (isNullish(startDate) || isNullish(unit) || isNullish(amount)) return null;
      const count = toInteger(amount);
      if (count === undefined) throw new MongoError(5166405, `${name} expects integer amount of time units`);
      const start: Value = dateOf(startDate);
      if (!(start instanceof Date))
        throw new MongoError(
          5166403,
          `${name} requires startDate to be convertible to a date, got ${typeOf(startDate)}`,
        );
      return moved(start, String(unit), sign * Number(count));
    },
  );
}

export const dates: OperatorTable = { $dateAdd: shift(1), $dateSubtract: shift(-1) };
