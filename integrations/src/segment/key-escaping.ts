/**
 * Keys that mean something to JavaScript, BSON or mongoose when they appear on a stored object, besides everything
 * on `Object.prototype` (`__proto__`, `constructor`, `toString` …). `_bsontype` is the dangerous one: with it, a plain
 * JSON object could pass itself off as an ObjectId or a piece of code.
 */
const RESERVED_KEYS = new Set(['_bsontype', '_doc', 'prototype', 'then', 'toBSON', 'toJSON', 'toObject']);

const EMPTY_KEY = '%';

function isReserved(key: string): boolean {
  return RESERVED_KEYS.has(key) || key in Object.prototype;
}

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * Makes any key safe to store as a field name, reversibly: `.` and NUL anywhere, `$` at the start, the first character
 * of a reserved name, and a `%` that would otherwise read as an escape, become `%` and two hex digits. The empty key
 * becomes `%`. Ordinary keys, `discount %` included, stay as they are.
 */
export function escapeKey(key: string): string {
  if (key === '') return EMPTY_KEY;
  if (key === EMPTY_KEY) return percent('%');
  if (isReserved(key)) return percent(key.charAt(0)) + key.slice(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is being looked for
  return key.replace(/[.\u0000]|^\$|%(?=[0-9A-F]{2})/g, percent);
}

/** The key as it was sent. The inverse of {@link escapeKey}. */
export function unescapeKey(key: string): string {
  if (key === EMPTY_KEY) return '';
  return key.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
