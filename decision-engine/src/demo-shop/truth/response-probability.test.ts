import { describe, expect, it } from 'vitest';
import { createLife } from '../behaviour/create-life.js';
import { type Situation, situationOf } from '../behaviour/situation.js';
import { createCustomer } from '../customer/create-customer.js';
import { SHOP_ACTIONS } from '../world/actions.js';
import { trueResponseProbability, upliftKind } from './index.js';

describe('trueResponseProbability', () => {
  const action = SHOP_ACTIONS.find(({ id }) => id === 'basket-10-off');
  const customer = createCustomer(3, 3);
  const life = createLife(3, customer, { at: 0, since: 0 });
  const yes = (change: Partial<Situation>): number => {
    if (action === undefined) throw new Error('Expected the shop to have "basket-10-off"');
    const situation = { ...situationOf(life, action, Date.UTC(2025, 4, 5, 15)), ...change };
    return trueResponseProbability({ customer, action, channel: 'web', situation });
  };

  it('depends on messages lately, mood, basket, sale, habit and repetition, and is 0 for those who left', () => {
    const usual = yes({});
    expect(yes({ tired: 4 })).toBeLessThan(usual);
    expect(yes({ mood: -0.8 })).toBeLessThan(usual);
    expect(yes({ trouble: true })).toBeLessThan(usual);
    expect(yes({ sale: true })).toBeLessThan(usual);
    expect(yes({ shownBefore: 4 })).toBeLessThan(usual);
    expect(yes({ basketValue: 200 })).toBeGreaterThan(usual);
    expect(yes({ waits: 0.9 })).toBeGreaterThan(usual);
    expect(yes({ gone: true })).toBe(0);
  });

  it('lets a discount work on those who watch the price, more with a basket', () => {
    const tastes = (priceSensitivity: number) => ({ ...life.tastes, priceSensitivity });
    const odds = (probability: number) => Math.log(probability / (1 - probability));
    const pull = (basketValue: number) =>
      odds(yes({ basketValue, tastes: tastes(0.95) })) - odds(yes({ basketValue, tastes: tastes(0.1) }));
    expect(pull(0)).toBeGreaterThan(0.3);
    expect(pull(80)).toBeGreaterThan(pull(0));
  });

  it('names the kinds by what a message does to them', () => {
    expect(upliftKind({ ...customer, receptive: -0.5 })).toBe('driven-away');
    expect(upliftKind({ ...customer, receptive: 0.5, selfDrive: 0.9 })).toBe('sure-anyway');
    expect(upliftKind({ ...customer, receptive: 0.5, selfDrive: 0.2 })).toBe('persuadable');
    expect(upliftKind({ ...customer, receptive: 0.05, selfDrive: 0.2 })).toBe('lost-cause');
  });
});
