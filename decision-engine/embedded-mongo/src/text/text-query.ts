import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { splitPath, visitPath } from '../query/path.js';
import type { IndexSpec } from '../storage/index-spec.js';
import { LANGUAGES, type WordRules, withoutMarks, wordsOf } from './tokens.js';

/** A compiled `$text`: which documents it finds, and how well they fit. */
export interface TextQuery {
  test(doc: Doc): boolean;
  score(doc: Doc): number;
}

interface Wanted {
  readonly words: ReadonlySet<string>;
  readonly unwanted: ReadonlySet<string>;
  readonly phrases: readonly string[];
  readonly unwantedPhrases: readonly string[];
}

/** Compiles `$text` over a text index. @throws MongoError for a bad operand. */
export function compileText(operand: Value, index: IndexSpec): TextQuery {
  if (!isDoc(operand)) throw new MongoError('BadValue', '$text expects an object');
  const { $search: search, $language: given } = operand;
  if (typeof search !== 'string')
    throw new MongoError('TypeMismatch', '"$search" had the wrong type. Expected string');
  const language = String(given ?? index.options['default_language'] ?? 'english').toLowerCase();
  if (!LANGUAGES.has(language)) throw new MongoError('BadValue', `unsupported language: "${language}"`);
  const rules = {
    language,
    caseSensitive: operand['$caseSensitive'] === true,
    diacriticSensitive: operand['$diacriticSensitive'] === true,
  };
  const wanted = readSearch(search, rules);
  const fields = weightsOf(index);
  const textsOf = (doc: Doc): [string, number][] => texts(doc, fields);
  return {
    test: (doc) => matches(textsOf(doc), wanted, rules),
    score: (doc) => scoreOf(textsOf(doc), wanted, rules),
  };
}

/** Words, "phrases", -words and -"phrases". */
function readSearch(search: string, rules: WordRules): Wanted {
  const words = new Set<string>();
  const unwanted = new Set<string>();
  const phrases: string[] = [];
  const unwantedPhrases: string[] = [];
  for (const match of search.matchAll(/(^|\s)?(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const [, before, minus, phrase, plain] = match;
    const negated = minus === '-' && before !== undefined;
    if (phrase !== undefined) (negated ? unwantedPhrases : phrases).push(phrase);
    if (negated && phrase !== undefined) continue;
    for (const word of wordsOf(phrase ?? plain ?? '', rules)) (negated ? unwanted : words).add(word);
  }
  return { words, unwanted, phrases, unwantedPhrases };
}

/** Paths and weights; an undefined path stands for every text of the document. */
function weightsOf({ options }: IndexSpec): [readonly string[] | undefined, number][] {
  const { weights } = options;
  if (!isDoc(weights)) return [];
  return keysOf(weights).map((path) => {
    const weight = weights[path];
    return [path === '$**' ? undefined : splitPath(path), isNumeric(weight) ? toNumber(weight) : 1];
  });
}

function texts(doc: Doc, fields: readonly [readonly string[] | undefined, number][]): [string, number][] {
  const found: [string, number][] = [];
  for (const [parts, weight] of fields) {
    const take = (value: Maybe): void => {
      if (typeof value === 'string') found.push([value, weight]);
      else if (Array.isArray(value)) value.forEach(take);
      else if (!parts && isDoc(value)) for (const key of keysOf(value)) take(value[key]);
    };
    if (!parts) take(doc);
    else
      visitPath(doc, parts, (value) => {
        take(value);
        return false;
      });
  }
  return found;
}

function matches(found: readonly [string, number][], wanted: Wanted, rules: WordRules): boolean {
  const has = (words: ReadonlySet<string>): boolean =>
    found.some(([text]) => wordsOf(text, rules).some((word) => words.has(word)));
  const hasPhrase = (phrase: string): boolean =>
    found.some(([text]) => folded(text, rules).includes(folded(phrase, rules)));
  return (
    has(wanted.words) &&
    wanted.phrases.every(hasPhrase) &&
    !has(wanted.unwanted) &&
    !wanted.unwantedPhrases.some(hasPhrase)
  );
}

function folded(text: string, { caseSensitive, diacriticSensitive }: WordRules): string {
  const cased = caseSensitive ? text : text.toLowerCase();
  return diacriticSensitive ? cased : withoutMarks(cased);
}

/**
 * MongoDB's measure (full-text search, version 3): the n-th time a word comes in a text counts 1/2^(n-1), times how much
 * of the text it is, times the weight of the field; a text that is nothing but the word counts a tenth more.
 */
function scoreOf(found: readonly [string, number][], { words }: Wanted, rules: WordRules): number {
  let score = 0;
  for (const [text, weight] of found) {
    const all = wordsOf(text, rules);
    for (const word of words) {
      const count = all.filter((other) => other === word).length;
      if (count === 0) continue;
      const frequency = 2 - 2 ** (1 - count);
      const share = (0.5 * count) / all.length + 0.5;
      const whole = text.toLowerCase() === word ? 1.1 : 1;
      score += weight * frequency * share * whole;
    }
  }
  return score;
}
