import { bench, describe } from 'vitest';
import { BENCH_POLICIES, benchActions } from '../bench/bench-catalogue.js';
import { benchHistory } from './bench-history.js';
import { deciderOf, inputOf, NOON } from './decision-fixtures.js';

function input(actions: number) {
  return inputOf({
    channels: ['email'],
    context: { slots: 3, topic: 'delivery' },
    profile: {
      traits: { age: 40 },
      features: { orders_90d: 2, support_unresolved: 0 },
      sentiment: 0.2,
      contactHistory: benchHistory(),
      recentEvents: Array.from({ length: 100 }, (_, index) => ({
        name: index % 3 === 0 ? 'Product Viewed' : 'Page Viewed',
        at: new Date(NOON.getTime() - index * 3_600_000),
      })),
    },
    propensities: Object.fromEntries(
      Array.from({ length: actions }, (_, index) => [
        `action-${index}`,
        { probability: 0.05 + (index % 10) / 50, standardError: 0.02, reasons: ['no order for 74 days'] },
      ]),
    ),
  });
}

describe.each([10, 50, 200])('decide with %d actions, all policies, 3 slots', (actions) => {
  for (const strategy of ['greedy', 'thompson'] as const) {
    const decider = deciderOf(benchActions(actions), {
      ...BENCH_POLICIES,
      exploration: { default: { strategy } },
    });
    const asked = input(actions);
    bench(strategy, () => {
      decider.decide(asked);
    });
  }
});
