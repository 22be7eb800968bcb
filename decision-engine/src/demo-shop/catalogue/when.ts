import type { Condition } from '../../conditions/condition.js';
import type { Occasion } from '../world/actions.js';

type Named = { readonly name: string; readonly when: Condition };

/** Each occasion of the simulated shop as a condition on the profile's features. */
export const OCCASIONS: Readonly<Record<Occasion, readonly Named[]>> = {
  any: [],
  'open-basket': [
    { name: 'Something lies in the basket', when: { field: 'features.basket_items', op: 'gt', value: 0 } },
    { name: 'The basket is fresh', when: { field: 'features.basket_idle_hours', op: 'lte', value: 336 } },
  ],
  'late-parcel': [{ name: 'A parcel is late', when: { field: 'features.parcels_late', op: 'gt', value: 0 } }],
  trouble: [
    { name: 'A problem is open', when: { field: 'features.support_unresolved', op: 'gt', value: 0 } },
  ],
  lapsed: [
    { name: 'No order for 60 days', when: { field: 'features.days_since_order', op: 'gt', value: 60 } },
  ],
  'after-order': [
    {
      name: 'Ordered in the last 30 days',
      when: { field: 'features.days_since_order', op: 'lte', value: 30 },
    },
  ],
  'not-plus': [{ name: 'Not a Plus member', when: { field: 'traits.plan', op: 'ne', value: 'plus' } }],
};

/** Nobody wants to be sold something while they wait for help. An unknown mood is no bad mood. */
export const GOOD_MOMENT: readonly Named[] = [
  {
    name: 'Not upset',
    when: {
      any: [
        { field: 'sentiment', op: 'missing' },
        { field: 'sentiment', op: 'gte', value: -0.3 },
      ],
    },
  },
  { name: 'No problem open', when: { field: 'features.support_unresolved', op: 'eq', value: 0 } },
  { name: 'No parcel late', when: { field: 'features.parcels_late', op: 'eq', value: 0 } },
];
