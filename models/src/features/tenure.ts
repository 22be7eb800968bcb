import { z } from 'zod';
import type { SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { daysSince, earlierOf, laterOf } from './time-units.js';

const schema = z.object({
  first: z.number().nullable(),
  identified: z.number().nullable(),
  /** Latest event that the customer caused: everything but what was shown to them. */
  lastActive: z.number().nullable(),
});
export type TenureState = z.infer<typeof schema>;

export type TenureView = {
  readonly daysSinceFirst: number;
  readonly daysSinceIdentified: number;
  readonly daysSinceActive: number;
};

/** Events that happen to the customer and show no activity of theirs. */
const PASSIVE = new Set([
  'Action Shown',
  'Action Ignored',
  'Email Delivered',
  'Email Bounced',
  'SMS Delivered',
  'Push Notification Received',
  'Live Chat Message Sent',
  'Order Refunded',
]);

function update(state: TenureState, event: SegueEvent): TenureState {
  const time = event.timestamp.getTime();
  const passive = event.type === 'track' && PASSIVE.has(event.name);
  return {
    first: earlierOf(state.first, time),
    identified: event.type === 'identify' ? earlierOf(state.identified, time) : state.identified,
    lastActive: passive ? state.lastActive : laterOf(state.lastActive, time),
  };
}

/** How long the customer has been known, and when they last did anything. */
export const tenure: FeatureFamily<TenureState, TenureView> = {
  name: 'tenure',
  version: 1,
  schema,
  empty: { first: null, identified: null, lastActive: null },
  update,
  view: (state, now) => ({
    daysSinceFirst: daysSince(state.first, now),
    daysSinceIdentified: daysSince(state.identified, now),
    daysSinceActive: daysSince(state.lastActive, now),
  }),
  features: [
    {
      name: 'tenure_days',
      unit: 'days',
      description: 'Days since the first event',
      value: (v) => v.daysSinceFirst,
    },
    {
      name: 'identified_days',
      unit: 'days',
      description: 'Days since the customer was first identified',
      value: (v) => v.daysSinceIdentified,
    },
    {
      name: 'days_since_active',
      unit: 'days',
      description: 'Days since the customer last did anything',
      value: (v) => v.daysSinceActive,
    },
  ],
};
