import { describe, expect, it } from 'vitest';
import type { InboxFilter } from '../engine/engine-types';
import { filterOf, filterParts, searchOf, withFilter } from './inbox-filter';

const FULL: InboxFilter = {
  kinds: ['basket', 'leaving'],
  bands: ['likely'],
  assigned: 'nobody',
  segment: 'loyal',
  channel: 'sms',
  worth: 12.5,
};

describe('a filter in the address', () => {
  it('comes back as it went', () => {
    const search = searchOf(FULL);
    expect(search).toBe('why=basket,leaving&leaving=likely&for=nobody&segment=loyal&wrote=sms&worth=12.5');
    expect(filterOf(`?${search}`)).toEqual(FULL);
  });

  it('is the same text whatever the order of what was chosen', () => {
    expect(searchOf({ kinds: ['leaving', 'basket'] })).toBe(searchOf({ kinds: ['basket', 'leaving'] }));
  });

  it('is nothing for no filter', () => {
    expect(searchOf({})).toBe('');
    expect(filterOf('')).toEqual({});
  });

  it.each(['why=bored', 'leaving=', 'for=anyone', 'worth=-3', 'worth=x', 'wrote=a.b', 'draft=7'])(
    'leaves out what it can not mean: %s',
    (search) => {
      expect(filterOf(search)).toEqual({});
    },
  );

  it('leaves alone what else stands there', () => {
    expect(withFilter('?pane=1&why=basket', 'for=me')).toBe('pane=1&for=me');
    expect(withFilter('?why=basket', '')).toBe('');
  });
});

it('says what it asks for, and how to ask for less', () => {
  const parts = filterParts(FULL, () => 'Loyal customers');
  expect(parts.map(({ words }) => words)).toEqual([
    'Nobody’s',
    'Open basket or Leaving',
    'Likely to leave',
    'Loyal customers',
    'Wrote by SMS',
    'Worth 12.5 or more',
  ]);
  expect(parts[0]?.without).toEqual({ ...FULL, assigned: undefined });
});
