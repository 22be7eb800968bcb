import { describe, expect, it } from 'vitest';
import { freshValue, operatorsOf, scalarOf, valueKind, withOperator } from './operators';

describe('operators', () => {
  it.each(['number', 'text', 'boolean', 'date', 'list', 'any'] as const)(
    'every operator of a %s knows how its value is typed',
    (type) => {
      for (const op of operatorsOf(type)) {
        const kind = valueKind(op, type);
        expect(freshValue(kind) === undefined).toBe(op === 'exists' || op === 'missing');
      }
    },
  );

  it('keep the value where the next one takes the same', () => {
    expect(withOperator({ op: 'gte', value: 18 }, 'lt', 'number')).toEqual({ op: 'lt', value: 18 });
  });

  it('begin anew where the next one takes something else', () => {
    expect(withOperator({ op: 'gte', value: 18 }, 'between', 'number')).toEqual({
      op: 'between',
      value: [0, 1],
    });
    expect(withOperator({ op: 'gte', value: 18 }, 'exists', 'number')).toEqual({ op: 'exists' });
  });
});

it.each([
  ['18', 18],
  ['-1.50', -1.5],
  ['0123', '0123'],
  ['+447700900123', '+447700900123'],
  ['79139274169231234567', '79139274169231234567'],
  ['true', true],
  ['gold', 'gold'],
  ['', ''],
])('%j is read as %j', (text, value) => {
  expect(scalarOf(text)).toBe(value);
});
