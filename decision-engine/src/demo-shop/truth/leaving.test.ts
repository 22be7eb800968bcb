import { describe, expect, it } from 'vitest';
import { createLife } from '../behaviour/create-life.js';
import { startDay } from '../behaviour/day.js';
import type { Life } from '../behaviour/life.js';
import { createCustomer } from '../customer/create-customer.js';
import { playLives } from '../merge-lives.js';
import { offerAtRandom } from '../random-offers.js';
import { leavingHazard } from './index.js';

const START = Date.UTC(2025, 0, 1);
const YEAR = 365 * 86_400_000;
/** What the shop sends by itself may go on after a customer has left. */
const SHOPS_OWN = new Set([
  'Action Shown',
  'Order Shipped',
  'Delivery Delayed',
  'Order Delivered',
  'Order Refunded',
  'Support Case Solved',
  'Live Chat Conversation Ended',
]);

function livesOf(customers: number) {
  const lives = new Map<number, Life>();
  const acts: { customer: number; at: number; name: string }[] = [];
  const world = { seed: 31, start: START, end: START + YEAR };
  const play = playLives(world, { from: 0, to: customers }, (moment) => {
    lives.set(moment.life.customer.index, moment.life);
    return offerAtRandom(moment);
  });
  for (const { customer, item } of play) {
    if (item.kind !== 'event') continue;
    const name = item.event.type === 'track' ? item.event.event : item.event.type;
    acts.push({ customer, at: item.at, name });
  }
  return { lives, acts };
}

describe('leaving', () => {
  it('is silent and final: nobody visits or buys afterwards', () => {
    const { lives, acts } = livesOf(500);
    const left = [...lives.values()].filter(({ leftAt }) => leftAt !== undefined);
    const afterwards = acts.filter(({ customer, at, name }) => {
      const leftAt = lives.get(customer)?.leftAt;
      return leftAt !== undefined && at > leftAt && !SHOPS_OWN.has(name) && !name.startsWith('Action ');
    });
    expect(left.length).toBeGreaterThan(50);
    expect(afterwards).toEqual([]);
  }, 30_000);

  it('is as frequent as the hazards say', () => {
    const world = { seed: 32, start: START, end: START + YEAR };
    const lives = Array.from({ length: 4000 }, (_, index) => {
      const life = createLife(world.seed, createCustomer(world.seed, index), { at: START, since: START });
      life.engagement = 0.3;
      life.trouble = { topic: 'refund', since: START - 5 * 86_400_000 };
      return life;
    });
    const hazards = lives.map((life) => leavingHazard(life, START));
    for (const life of lives) startDay(life, world, START);
    const left = lives.filter(({ leftAt }) => leftAt !== undefined).length;
    const expected = hazards.reduce((sum, hazard) => sum + hazard, 0);
    const deviation = Math.sqrt(hazards.reduce((sum, hazard) => sum + hazard * (1 - hazard), 0));
    expect(expected).toBeGreaterThan(30);
    expect(Math.abs(left - expected)).toBeLessThan(3.3 * deviation);
  });

  it('grows with open trouble, late parcels, too many messages and a bad mood, and shrinks with a good one', () => {
    const customer = { ...createCustomer(1, 1), receptive: -0.3, patience: 0.4 };
    const calm = createLife(1, customer, { at: START, since: START });
    const day = START + 10 * 86_400_000;
    const hazard = (change: Partial<Life>) => leavingHazard({ ...calm, ...change }, day);
    const usual = hazard({});
    expect(hazard({ trouble: { topic: 'refund', since: START } })).toBeGreaterThan(3 * usual);
    expect(hazard({ lateParcels: 1 })).toBeGreaterThan(1.5 * usual);
    expect(hazard({ tired: 8 })).toBeGreaterThan(2 * usual);
    expect(hazard({ engagement: 0.5 })).toBeGreaterThan(1.5 * usual);
    expect(hazard({ mood: 0.9 })).toBeLessThan(usual);
    expect(hazard({ leftAt: START })).toBe(0);
  });
});
