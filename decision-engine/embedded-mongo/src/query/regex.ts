import type { BSONRegExp } from 'bson';
import { MongoError } from '../errors.js';

const cache = new Map<string, RegExp>();

/**
 * A BSON regular expression as a JavaScript one: flags i, m, s, x and u, and `(?i)` at the beginning.
 * @throws MongoError 51091 for a pattern that JavaScript does not know.
 */
export function toRegExp(regex: BSONRegExp): RegExp {
  const name = `${regex.options}/${regex.pattern}`;
  const known = cache.get(name);
  if (known) {
    known.lastIndex = 0;
    return known;
  }
  let { pattern } = regex;
  let flags = regex.options;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    flags += inline[1] ?? '';
  }
  if (flags.includes('x')) pattern = withoutComments(pattern);
  const compiled = compile(pattern, [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join(''));
  if (cache.size > 1000) cache.clear();
  cache.set(name, compiled);
  return compiled;
}

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    // Patterns with escapes that Unicode mode refuses, such as `\-`, are still valid PCRE.
  }
  try {
    return new RegExp(pattern, flags);
  } catch (fault) {
    throw new MongoError(
      51091,
      `Regular expression is invalid: ${fault instanceof Error ? fault.message : ''}`,
    );
  }
}

function withoutComments(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|#[^\n]*|\s+/gs, (part) =>
    part.startsWith('\\') || part.startsWith('[') ? part : '',
  );
}

/** The literal text every match of `^text` begins with, or undefined. */
export function literalPrefix(regex: BSONRegExp): string | undefined {
  if (/[imx]/.test(regex.options)) return undefined;
  const match = /^(?:\^|\\A)((?:[^\\^$.|?*+()[\]{}]|\\[^a-zA-Z0-9])+)/.exec(regex.pattern);
  if (!match?.[1] || regex.pattern.includes('|')) return undefined;
  let text = match[1];
  const next = regex.pattern[match[0].length];
  if (next !== undefined && '?*{'.includes(next)) text = text.replace(/(?:\\.|[^\\])$/su, '');
  text = text.replace(/\\(.)/gsu, '$1');
  return text === '' ? undefined : text;
}
