import { BSONRegExp } from 'bson';
import { docOf, type Maybe } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { isNumeric, toInteger, toNumber } from '../../numeric/number.js';
import { compareUtf8 } from '../../order/compare.js';
import { toRegExp } from '../../query/regex.js';
import { typeOf } from '../../query/type-names.js';
import { ANY, eager, isNullish, named, ONE, type OperatorTable, THREE, TWO } from './operator.js';
import { textOf } from './types.js';

function text(value: Maybe, name: string): string {
  if (typeof value === 'string') return value;
  throw new MongoError(51746, `${name} requires that its argument be a string, found: ${typeOf(value)}`);
}

/** null becomes the empty string, numbers and dates are written out: what the case operators take. */
function loose(value: Maybe, name: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string' || isNumeric(value) || value instanceof Date) return textOf(value) ?? '';
  throw new MongoError(16007, `can't convert from BSON type ${typeOf(value)} to String (in ${name})`);
}

function trim(ends: 'both' | 'left' | 'right') {
  return named({ required: ['input'], optional: ['chars'] }, ({ input, chars }, _scope, name) => {
    if (isNullish(input) || chars === null) return null;
    const [whole, strip] = [
      [...text(input, name)],
      new Set(
        chars === undefined
          ? [...'\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a']
          : [...text(chars, name)],
      ),
    ];
    let [start, end] = [0, whole.length];
    while (ends !== 'right' && start < end && strip.has(whole[start] ?? '')) start++;
    while (ends !== 'left' && end > start && strip.has(whole[end - 1] ?? '')) end--;
    return whole.slice(start, end).join('');
  });
}

function substring(unit: 'bytes' | 'points') {
  return eager(THREE, ([value, start, length], _scope, name) => {
    const [from, count] = [start, length].map((item) => (isNumeric(item) ? Math.trunc(toNumber(item)) : 0));
    const source = loose(value, name);
    if (from === undefined || count === undefined) return '';
    if (unit === 'points') return [...source].slice(from, from + count).join('');
    if (from < 0) return '';
    const bytes = Buffer.from(source);
    return bytes.subarray(from, count < 0 ? bytes.length : from + count).toString();
  });
}

function indexOf(unit: 'bytes' | 'points') {
  return eager([2, 4], ([value, wanted, start, end], _scope, name) => {
    if (isNullish(value)) return null;
    const [from, to] = [start, end].map((item) =>
      item === undefined ? undefined : Number(toInteger(item) ?? 0),
    );
    if (unit === 'bytes') {
      const bytes = Buffer.from(text(value, name));
      const at = bytes.subarray(0, to).indexOf(text(wanted, name), from);
      return at;
    }
    const points = [...text(value, name)].slice(0, to);
    const before = points.slice(0, from ?? 0).join('');
    const at = points
      .slice(from ?? 0)
      .join('')
      .indexOf(text(wanted, name));
    return at < 0
      ? -1
      : [...before].length +
          [
            ...points
              .slice(from ?? 0)
              .join('')
              .slice(0, at),
          ].length;
  });
}

function replace(every: boolean) {
  return named(
    { required: ['input', 'find', 'replacement'] },
    ({ input, find, replacement }, _scope, name) => {
      if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
      const [source, wanted, by] = [text(input, name), text(find, name), text(replacement, name)];
      return every ? source.split(wanted).join(by) : source.replace(wanted, () => by);
    },
  );
}

function regexOf(regex: Maybe, options: Maybe): RegExp | undefined {
  if (isNullish(regex)) return undefined;
  const given = typeof options === 'string' ? options : '';
  const source =
    regex instanceof BSONRegExp
      ? new BSONRegExp(regex.pattern, regex.options || given)
      : new BSONRegExp(String(regex), given);
  const compiled = toRegExp(source);
  return new RegExp(compiled.source, `${compiled.flags.replace('g', '')}g`);
}

function regexMatches(source: string, regex: RegExp): Maybe[] {
  return [...source.matchAll(regex)].map((match) =>
    docOf([
      ['match', match[0]],
      ['idx', [...source.slice(0, match.index)].length],
      ['captures', match.slice(1).map((group) => group ?? null)],
    ]),
  );
}

function regexOperator(pick: (source: string, regex: RegExp) => Maybe, none: Maybe) {
  return named(
    { required: ['input', 'regex'], optional: ['options'] },
    ({ input, regex, options }, _scope, name) => {
      const compiled = regexOf(regex, options);
      return isNullish(input) || !compiled ? none : pick(text(input, name), compiled);
    },
  );
}

export const strings: OperatorTable = {
  $concat: eager(ANY, (values) => {
    let out = '';
    for (const value of values) {
      if (isNullish(value)) return null;
      if (typeof value !== 'string')
        throw new MongoError(16702, `$concat only supports strings, not ${typeOf(value)}`);
      out += value;
    }
    return out;
  }),
  $toLower: eager(ONE, ([value], _scope, name) => loose(value, name).toLowerCase()),
  $toUpper: eager(ONE, ([value], _scope, name) => loose(value, name).toUpperCase()),
  $strcasecmp: eager(TWO, ([a, b], _scope, name) =>
    compareUtf8(loose(a, name).toUpperCase(), loose(b, name).toUpperCase()),
  ),
  $strLenCP: eager(ONE, ([value]) => {
    if (typeof value !== 'string')
      throw new MongoError(34471, `$strLenCP requires a string argument, found: ${typeOf(value)}`);
    return [...value].length;
  }),
  $strLenBytes: eager(ONE, ([value]) => {
    if (typeof value !== 'string')
      throw new MongoError(34473, `$strLenBytes requires a string argument, found: ${typeOf(value)}`);
    return Buffer.byteLength(value);
  }),
  $substr: substring('bytes'),
  $substrBytes: substring('bytes'),
  $substrCP: substring('points'),
  $indexOfBytes: indexOf('bytes'),
  $indexOfCP: indexOf('points'),
  $split: eager(TWO, ([value, separator], _scope, name) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
    return text(value, name).split(text(separator, name));
  }),
  $trim: trim('both'),
  $ltrim: trim('left'),
  $rtrim: trim('right'),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regexOperator((source, regex) => regex.test(source), false),
  $regexFind: regexOperator((source, regex) => regexMatches(source, regex)[0] ?? null, null),
  $regexFindAll: regexOperator(
    (source, regex) => regexMatches(source, regex).map((match) => match ?? null),
    [],
  ),
};
