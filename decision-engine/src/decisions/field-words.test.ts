import { FEATURES } from '@segue/models';
import { expect, test } from 'vitest';
import { actionOf, deciderOf, inputOf } from '../testing/decision-fixtures.js';
import { PROFILE_SCHEMA } from './deciding-rules.js';
import { fieldWords } from './field-words.js';

test.each([
  ['features.parcels_late', 'Parcels that are late and not there yet'],
  ['traits.firstName', 'First name'],
  ['traits.loyalty_tier', 'Loyalty tier'],
  ['consent.email.marketing', 'Marketing on email'],
  ['local.hour', "Hour on the customer's clock"],
  ['propensity', undefined],
])('%s is called %s', (path, words) => {
  expect(fieldWords(path)).toBe(words);
});

test('every feature has words of its own', () => {
  const words = FEATURES.map(({ name }) => fieldWords(`features.${name}`));
  expect(words.every((each) => each !== undefined && each !== '')).toBe(true);
});

test('a rule says what it saw in plain words; the values keep their paths for programs', () => {
  const decider = deciderOf(
    [
      actionOf('express', {
        applicability: [
          {
            name: 'a parcel is late',
            when: {
              all: [
                { field: 'features.parcels_late', op: 'gt', value: 0 },
                { field: 'traits.loyaltyTier', op: 'exists' },
              ],
            },
          },
        ],
      }),
    ],
    {},
    PROFILE_SCHEMA,
  );
  const result = decider.decide(inputOf({ profile: { features: { parcels_late: 0 } } }));
  const rule = result.candidates[0]?.rules.find(({ stage }) => stage === 'applicability');
  expect(rule?.detail).toBe(
    'Parcels that are late and not there yet: 0, wanted above 0; Loyalty tier: not known, wanted any value',
  );
  expect(rule?.compared).toEqual({ 'features.parcels_late': 0, 'traits.loyaltyTier': null });
});
