import type { SegmentInput } from '../segments/segment.js';

/** Groups of the demo shop's customers, as a new installation finds them. Parse them with `parseSegments`. */
export const DEMO_SEGMENTS: readonly SegmentInput[] = [
  {
    segmentId: 'loyal',
    name: 'Loyal customers',
    description: 'Five orders or more in the last year.',
    when: { field: 'features.orders_365d', op: 'gte', value: 5 },
  },
  {
    segmentId: 'slipping-away',
    name: 'Slipping away',
    description: 'Ordered before, and more likely than not to be gone in three months.',
    when: {
      all: [
        { field: 'features.orders_total', op: 'gte', value: 1 },
        { field: 'scores.churn', op: 'gte', value: 0.5 },
      ],
    },
  },
  {
    segmentId: 'open-trouble',
    name: 'With an open problem',
    description: 'A conversation with support that did not end solved.',
    when: { field: 'features.support_unresolved', op: 'gt', value: 0 },
  },
];
