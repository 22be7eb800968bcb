import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreKeys, toSafeJson } from './safe-json.js';

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
}

describe('toSafeJson', () => {
  it('keeps a __proto__ key as data and does not touch any prototype', () => {
    const sent: unknown = JSON.parse('{"__proto__":{"isAdmin":true},"list":[{"$where":"1"}]}');
    const safe = toSafeJson(sent, 'traits');
    expect(safe).toEqual({
      ok: true,
      value: { '%5F_proto__': { isAdmin: true }, list: [{ '%24where': '1' }] },
    });
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('restores any JSON exactly', () => {
    const roundTrips = (sent: unknown) => {
      const safe = toSafeJson(sent, 'x');
      return safe.ok && JSON.stringify(restoreKeys(safe.value)) === JSON.stringify(sent);
    };
    const anyJson = fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue());
    expect(() =>
      fc.assert(fc.property(anyJson, (sent) => roundTrips(JSON.parse(JSON.stringify(sent))))),
    ).not.toThrow();
  });

  it('refuses what nests deeper than the store can hold, however deep', () => {
    expect(toSafeJson(nested(31), 'p').ok).toBe(true);
    const deep = toSafeJson(nested(50_000), 'p');
    expect(deep).toMatchObject({ ok: false, issue: { expected: 'at most 32 levels deep' } });
  });

  it('refuses a number that JSON can write but not read back', () => {
    expect(toSafeJson(JSON.parse('{"price":1e999}'), 'properties')).toEqual({
      ok: false,
      issue: { path: 'properties.price', expected: 'a finite number', got: 'Infinity (number)' },
    });
  });

  it('refuses an array or a text in place of an object', () => {
    expect(toSafeJson([1], 'traits')).toMatchObject({ ok: false, issue: { got: 'an array of 1' } });
    expect(toSafeJson('x', 'traits')).toMatchObject({ ok: false, issue: { got: '"x" (string)' } });
  });

  it('takes null for nothing and dates for their ISO text', () => {
    expect(toSafeJson(null, 'traits')).toEqual({ ok: true, value: {} });
    expect(toSafeJson({ at: new Date(0), gone: undefined }, 'traits')).toEqual({
      ok: true,
      value: { at: '1970-01-01T00:00:00.000Z' },
    });
  });
});
