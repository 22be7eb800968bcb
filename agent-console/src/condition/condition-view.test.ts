import { describe, expect, it } from 'vitest';
import { conditionView, groupCondition, rootCondition, rootGroup } from './condition-view';

const leaf = { field: 'features.orders_365d', op: 'gte', value: 3 };
const other = { field: 'traits.tier', op: 'eq', value: 'gold' };

describe('conditionView', () => {
  it.each(['all', 'any', 'none', 'notAll'] as const)(
    'reads back a group of "%s" as it was written',
    (joint) => {
      expect(conditionView(groupCondition(joint, [leaf, other]))).toEqual({
        kind: 'group',
        joint,
        parts: [leaf, other],
      });
    },
  );

  it('shows "not" over one condition as a group of none', () => {
    expect(conditionView({ not: leaf })).toEqual({ kind: 'group', joint: 'none', parts: [leaf] });
  });

  it('leaves alone what it has no controls for', () => {
    const compared = { field: 'features.gap', op: 'gt', value: { field: 'features.usual_gap', times: 2 } };
    for (const condition of [compared, 'text', null, { all: 'no list' }, { field: 'x' }])
      expect(conditionView(condition)).toEqual({ kind: 'other' });
  });

  it('shows a count only where the form shows all that it asks', () => {
    const count = { count: 'outcomes', outcomes: ['accepted'], within: '30d', op: 'gte', value: 1 };
    expect(conditionView(count)).toEqual({ kind: 'outcomes', condition: count });
    for (const part of ['actions', 'groups', 'channels'])
      expect(conditionView({ ...count, [part]: ['offers'] })).toEqual({ kind: 'other' });
  });
});

describe('the outermost group', () => {
  it('is not written around a single condition', () => {
    const { joint, parts } = rootGroup(leaf);
    expect(rootCondition(joint, parts)).toEqual(leaf);
    expect(rootCondition(joint, [...parts, other])).toEqual({ all: [leaf, other] });
  });

  it('begins empty where there is nothing yet', () => {
    expect(rootGroup(undefined)).toEqual({ joint: 'all', parts: [] });
  });
});
