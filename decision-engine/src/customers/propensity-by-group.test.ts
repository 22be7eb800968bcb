import { expect, test } from 'vitest';
import { propensityByGroup } from './propensity-by-group.js';

const priority = (propensity: number) => ({ propensity });
const NAMES = new Map([
  ['kettle', 'Kettle guide'],
  ['kitchen', 'Kitchen week'],
  ['express', 'Free express'],
  ['refund', 'Refund'],
]);
const nameOf = (actionId: string) => NAMES.get(actionId);

test('each group stands with its likeliest action, the likeliest group first', () => {
  const found = propensityByGroup(
    [
      { actionId: 'kettle', group: 'guides', priority: priority(0.1) },
      { actionId: 'kitchen', group: 'offers', priority: priority(0.05) },
      { actionId: 'express', group: 'guides', priority: priority(0.3) },
      { actionId: 'refund', group: 'recovery', priority: priority(0.6) },
    ],
    nameOf,
  );
  expect(found).toEqual([
    { group: 'recovery', actionId: 'refund', name: 'Refund', probability: 0.6 },
    { group: 'guides', actionId: 'express', name: 'Free express', probability: 0.3 },
    { group: 'offers', actionId: 'kitchen', name: 'Kitchen week', probability: 0.05 },
  ]);
});

test('what was not scored, or is not in the catalogue any more, says nothing of its group', () => {
  const found = propensityByGroup(
    [
      { actionId: 'kettle', group: 'guides', priority: null },
      { actionId: 'gone', group: 'offers', priority: priority(0.9) },
    ],
    nameOf,
  );
  expect(found).toEqual([]);
});

test('four groups at most', () => {
  const candidates = ['a', 'b', 'c', 'd', 'e'].map((group, index) => ({
    actionId: 'kettle',
    group,
    priority: priority(index / 10),
  }));
  expect(propensityByGroup(candidates, nameOf).map(({ group }) => group)).toEqual(['e', 'd', 'c', 'b']);
});
