import { Double } from 'bson';
import { Doc, docOf, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';

/** A value as mingo takes it: plain objects and plain numbers. */
export function toMingo(value: Maybe): unknown {
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toMingo);
  if (isDoc(value)) return Object.fromEntries(keysOf(value).map((key) => [key, toMingo(value[key])]));
  return value;
}

/** What mingo answered, as a value of ours. */
export function fromMingo(value: unknown): Maybe {
  if (Array.isArray(value)) return value.map((item) => fromMingo(item) ?? null);
  if (value instanceof Doc) return value;
  if (value !== null && typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return docOf(Object.entries(value).map(([key, item]) => [key, fromMingo(item)] as const));
    }
  }
  return value as Value | undefined;
}
