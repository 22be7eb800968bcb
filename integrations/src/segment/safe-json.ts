import type { JsonObject, JsonValue } from './inbound-event.js';
import { describeValue, type InboundIssue, joinPath } from './issue.js';
import { escapeKey, unescapeKey } from './key-escaping.js';

/** MongoDB refuses documents nested deeper than 100; an event is stored a few levels down, and none needs this much. */
const MAX_JSON_DEPTH = 32;

export type SafeJson = { ok: true; value: JsonObject } | { ok: false; issue: InboundIssue };

class UnsafeValue extends Error {
  constructor(readonly issue: InboundIssue) {
    super(issue.expected);
  }
}

function refuse(path: readonly PropertyKey[], expected: string, value: unknown): never {
  throw new UnsafeValue({ path: joinPath(path), expected, got: describeValue(value) });
}

function copyObject(value: object, path: readonly PropertyKey[]): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) copy[escapeKey(key)] = copyValue(member, [...path, key]);
  }
  return copy;
}

function copyValue(value: unknown, path: readonly PropertyKey[]): JsonValue {
  if (path.length > MAX_JSON_DEPTH) refuse(path, `at most ${MAX_JSON_DEPTH} levels deep`, value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : refuse(path, 'a finite number', value);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? refuse(path, 'a valid date', value) : value.toISOString();
  }
  if (Array.isArray(value)) return value.map((member, index) => copyValue(member, [...path, index]));
  if (typeof value === 'object') return copyObject(value, path);
  return refuse(path, 'a JSON value', value);
}

/**
 * A copy of a JSON object that is safe to store and to walk: keys escaped by `escapeKey`, nothing deeper than
 * 32 levels, only finite numbers (`1e999` parses to Infinity). Dates become ISO strings and
 * `undefined` members are left out, as in JSON. `null` and `undefined` as a whole are `{}`.
 * @param name where the object stands in the message, for the issue's path
 */
export function toSafeJson(value: unknown, name: string): SafeJson {
  if (value === null || value === undefined) return { ok: true, value: {} };
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date) {
    return { ok: false, issue: { path: name, expected: 'an object', got: describeValue(value) } };
  }
  try {
    return { ok: true, value: copyObject(value, [name]) };
  } catch (error) {
    if (error instanceof UnsafeValue) return { ok: false, issue: error.issue };
    throw error;
  }
}

/** The JSON as it was sent, for showing and exporting; the inverse of the escaping in {@link toSafeJson}. */
export function restoreKeys(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(restoreKeys);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [unescapeKey(key), restoreKeys(member)]),
  );
}
