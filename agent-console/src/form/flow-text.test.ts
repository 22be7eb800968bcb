import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flowText } from './flow-text';

describe('flowText', () => {
  it('writes conditions as people write them', () => {
    expect(flowText({ field: 'traits.age', op: 'gte', value: 18 })).toBe(
      '{ field: traits.age, op: gte, value: 18 }',
    );
  });

  it.each([
    {
      any: [
        { field: 'sentiment', op: 'missing' },
        { field: 'sentiment', op: 'gte', value: -0.3 },
      ],
    },
    {
      text: 'a: b',
      odd: '# no',
      empty: '',
      no: 'no',
      number: '12',
      date: '2026-11-22',
      quote: '"x"',
      lines: 'a\nb',
    },
    { 'a key': [], nested: {}, nothing: null, yes: true, list: [1, 'two words', 'ends '] },
    'Product Viewed',
  ])('is read back as it was by YAML: %j', (value) => {
    expect(parse(flowText(value))).toEqual(value);
  });
});
