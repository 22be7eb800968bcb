import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegueEvent } from '../events/segue-event.js';
import { HISTORY_DAYS, HISTORY_START, randomEvents } from '../testing/random-events.js';
import { FEATURES, featureValues } from './feature-set.js';
import { emptyFeatureState, parseFeatureState, updateFeatureState } from './feature-state.js';

const END = new Date(HISTORY_START + (HISTORY_DAYS + 3) * 86_400_000);

function stateOf(events: readonly SegueEvent[]) {
  return events.reduce(updateFeatureState, emptyFeatureState());
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) {
      deepFreeze(part);
    }
    Object.freeze(value);
  }
  return value;
}

describe('updateFeatureState', { timeout: 60_000 }, () => {
  it('gives the same state in whatever order events arrive', () => {
    fc.assert(
      fc.property(
        randomEvents.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(stateOf(shuffled)).toEqual(stateOf(events));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('leaves its argument as it is', () => {
    fc.assert(
      fc.property(randomEvents, (events) => {
        let state = deepFreeze(emptyFeatureState());
        for (const event of events) {
          state = deepFreeze(updateFeatureState(state, deepFreeze(event)));
        }
        expect(state).toEqual(stateOf(events));
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('survives JSON, reads back, and has no key that MongoDB would take for an operator or a path', () => {
    fc.assert(
      fc.property(randomEvents, (events) => {
        const state = stateOf(events);
        const text = JSON.stringify(state);
        expect(parseFeatureState(JSON.parse(text))).toEqual({ ok: true, state });
        expect(text).not.toMatch(/"[^"]*[.$][^"]*":/);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('stays small however many events come', () => {
    const names = ['Product Viewed', 'Product Added', 'Order Completed', 'Action Shown', 'Action Accepted'];
    let state = emptyFeatureState();
    let largest = 0;
    for (let i = 0; i < 12_000; i += 1) {
      state = updateFeatureState(state, {
        messageId: `m${i}`,
        type: 'track',
        name: i % 97 === 0 ? 'Live Chat Conversation Started' : (names[i % names.length] ?? ''),
        timestamp: new Date(HISTORY_START + i * 7_200_000),
        properties: {
          product_id: `product ${i}`,
          category: `category ${i % 400}`,
          price: 10,
          revenue: 10,
          conversation_id: `conversation ${i}`,
          action_id: `action ${i % 300}`,
          group_id: `group ${i % 100}`,
          channel: `channel ${i % 50}`,
        },
        context: {},
      });
      if (i >= 6_000 && i % 1000 === 0) {
        largest = Math.max(largest, JSON.stringify(state).length);
      }
    }
    expect(largest).toBeLessThan(40_000);
    expect(JSON.stringify(state).length).toBeLessThan(40_000);
  });
});

describe('parseFeatureState', () => {
  it('refuses another version and says which it expected', () => {
    expect(parseFeatureState({ ...emptyFeatureState(), version: 0 })).toEqual({
      ok: false,
      reason: expect.stringContaining('Expected a feature state of version 3, got a problem at "version"'),
    });
  });

  it('refuses a damaged state and names the place', () => {
    const state = emptyFeatureState();
    expect(parseFeatureState({ ...state, basket: { ...state.basket, changes: 'none' } })).toEqual({
      ok: false,
      reason: expect.stringContaining('"basket.changes"'),
    });
  });
});

describe('featureValues', () => {
  it('has one value per feature, each a number or missing, and distinct names', () => {
    fc.assert(
      fc.property(randomEvents, (events) => {
        const values = featureValues(stateOf(events), END);
        expect(values).toHaveLength(FEATURES.length);
        expect([...values].filter((value) => value === Infinity || value === -Infinity)).toEqual([]);
      }),
      { seed: 4, numRuns: 100 },
    );
    expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(FEATURES.length);
    expect(FEATURES.map(({ name }) => name).filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });
});
