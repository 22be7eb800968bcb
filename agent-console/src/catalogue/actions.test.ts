import { describe, expect, it } from 'vitest';
import { actionTree, idFromName } from './actions';

const now = Date.UTC(2026, 10, 22);
const action = (actionId: string, more: Record<string, unknown> = {}) => ({
  actionId,
  name: `Name of ${actionId}`,
  issue: 'service',
  group: 'delivery',
  class: 'promotional',
  value: { type: 'fixed', amount: 12 },
  cost: 4,
  treatments: [{ treatmentId: 't', channel: 'email', title: 'Words' }],
  ...more,
});
const tree = (actions: Record<string, unknown>[], search = '') => actionTree(actions, { search, now });

describe('actionTree', () => {
  it('puts actions under their issue and group, by name', () => {
    const issues = tree([action('b', { group: 'z' }), action('a'), action('c', { issue: 'care' })]);
    expect(issues.map(({ issue, groups }) => [issue, groups.map(({ group }) => group)])).toEqual([
      ['care', ['delivery']],
      ['service', ['delivery', 'z']],
    ]);
    expect(issues[1]?.groups[0]?.actions[0]).toMatchObject({
      index: 1,
      worth: '12 less 4',
      channels: ['email'],
    });
  });

  it('finds by any word of the action and of its treatments', () => {
    const actions = [action('a'), action('b', { tags: ['winter'] })];
    expect(tree(actions, 'WINTER name')).toHaveLength(1);
    expect(tree(actions, 'words')[0]?.groups[0]?.actions).toHaveLength(2);
    expect(tree(actions, 'summer')).toEqual([]);
  });

  it('says when it is on', () => {
    const dates = (more: Record<string, unknown>) =>
      tree([action('a', more)])[0]?.groups[0]?.actions[0]?.dates;
    expect(dates({})).toBeNull();
    expect(dates({ startsAt: '2026-12-01T00:00:00Z' })).toBe('from 1 Dec');
    expect(dates({ endsAt: '2026-12-24T00:00:00Z' })).toBe('until 24 Dec');
    expect(dates({ endsAt: '2026-11-22T00:00:00Z' })).toBe('ended 22 Nov');
  });

  it('holds for a draft that holds anything', () => {
    expect(tree([{ treatments: 'none', value: 3 }])[0]?.groups[0]?.actions[0]?.name).toBe('No name yet');
  });
});

describe('idFromName', () => {
  it('is free and made of plain letters', () => {
    expect(idFromName('Offer free express!', [])).toBe('offer-free-express');
    expect(idFromName('Offer', ['offer', 'offer-2'])).toBe('offer-3');
    expect(idFromName('…', [])).toBe('action');
  });
});
