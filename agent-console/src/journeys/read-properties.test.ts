import { expect, test } from 'vitest';
import { readProperties } from './read-properties.js';

test('names with values of every kind', () => {
  expect(readProperties(' order_id=o-17, total=40.5,gift=true , note=a=b')).toEqual({
    ok: true,
    properties: { order_id: 'o-17', total: 40.5, gift: true, note: 'a=b' },
  });
  expect(readProperties('')).toEqual({ ok: true, properties: {} });
});

test('what has no name or no value says so', () => {
  expect(readProperties('total')).toEqual({ ok: false, problem: 'Expected name=value, got “total”' });
  expect(readProperties('=3')).toMatchObject({ ok: false });
});
