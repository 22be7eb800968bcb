import { Doc, isDoc, keysOf, type Maybe, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { type CompareText, compareUtf8 } from './compare.js';

const SENSITIVITY = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

/**
 * The text order of a MongoDB collation document, by the ICU collator that Node brings; undefined for the simple one.
 * @throws MongoError BadValue (2) for a locale ICU does not know, FailedToParse (9) for a missing one.
 */
export function textOrder(collation: Maybe): CompareText | undefined {
  if (!isDoc(collation) || keysOf(collation).length === 0) return undefined;
  const { locale } = collation;
  if (typeof locale !== 'string')
    throw new MongoError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  const strength = isNumeric(collation['strength']) ? toNumber(collation['strength']) : 3;
  if (![1, 2, 3, 4, 5].includes(strength)) {
    throw new MongoError(
      'BadValue',
      `Enumeration value '${strength}' for field 'collation.strength' is not a valid value.`,
    );
  }
  const collator = new Intl.Collator(checkedLocale(locale), {
    sensitivity:
      collation['caseLevel'] === true && strength === 1
        ? 'case'
        : strength === 1
          ? SENSITIVITY[1]
          : strength === 2
            ? SENSITIVITY[2]
            : SENSITIVITY[3],
    numeric: collation['numericOrdering'] === true,
    ignorePunctuation: collation['alternate'] === 'shifted',
    caseFirst:
      collation['caseFirst'] === 'upper' ? 'upper' : collation['caseFirst'] === 'lower' ? 'lower' : 'false',
  });
  return strength === 5
    ? (a, b) => collator.compare(a, b) || compareUtf8(a, b)
    : (a, b) => Math.sign(collator.compare(a, b));
}

function checkedLocale(locale: string): string {
  const tag = locale.replace(/_/g, '-').replace(/@.*$/, '');
  try {
    if (Intl.Collator.supportedLocalesOf(tag).length > 0) return tag;
  } catch {
    // not even well-formed: refused below
  }
  throw new MongoError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
}

/**
 * Text folded so that strings which the collation holds equal become the same: what a collated index stores. It keeps
 * equality, not order.
 */
export function foldText(value: Maybe, collation: Doc): Maybe {
  if (typeof value === 'string') return foldString(value, collation);
  if (Array.isArray(value)) return value.map((item) => foldText(item, collation) ?? null);
  if (!isDoc(value)) return value;
  const folded = new Doc();
  for (const key of keysOf(value)) setKey(folded, key, (foldText(value[key], collation) ?? null) as Value);
  return folded;
}

function foldString(value: string, collation: Doc): string {
  const strength = isNumeric(collation['strength']) ? toNumber(collation['strength']) : 3;
  const decomposed = value.normalize('NFKD');
  if (strength >= 3) return decomposed;
  const bare = strength === 1 ? decomposed.replace(/\p{M}/gu, '') : decomposed;
  return strength === 1 && collation['caseLevel'] === true ? bare : bare.toLowerCase();
}

/** Whether two collation documents mean the same order. */
export function sameCollation(a: Doc | undefined, b: Doc | undefined): boolean {
  return signature(a) === signature(b);
}

function signature(collation: Doc | undefined): string {
  if (!collation || collation['locale'] === 'simple' || keysOf(collation).length === 0) return '';
  const defaults: Record<string, unknown> = {
    strength: 3,
    caseLevel: false,
    caseFirst: 'off',
    numericOrdering: false,
    alternate: 'non-ignorable',
    backwards: false,
  };
  const fields = ['locale', ...Object.keys(defaults)];
  return fields
    .map((name) => {
      const value = collation[name] ?? defaults[name];
      return `${name}=${isNumeric(value as Maybe) ? toNumber(value as number) : String(value)}`;
    })
    .join(';');
}
