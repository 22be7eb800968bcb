import { describe, expect, it } from 'vitest';
import { createDraws } from '../chance/draws.js';
import { demoAction } from '../world/actions.js';
import {
  bestAction,
  bestFixedPolicy,
  createInteractiveWorld,
  oraclePolicy,
  playPolicy,
  randomPolicy,
  rulesPolicy,
  worthOf,
} from './index.js';

function anAction() {
  const action = demoAction('join-plus');
  if (action === undefined) throw new Error('Expected the shop to have "join-plus"');
  return action;
}

const world = {
  seed: 61,
  customers: 600,
  start: new Date('2025-01-01T00:00:00Z'),
  end: new Date('2025-12-01T00:00:00Z'),
};

describe('the oracle', () => {
  it('is above rules and a fixed order, and both are above chance', () => {
    const play = (policy: Parameters<typeof playPolicy>[0]) =>
      playPolicy(policy, { world, measure: 'answers', decisions: 3000 }).percentOfOracle;
    const [oracle, rules, fixed, random] = [
      play(oraclePolicy('answers')),
      play(rulesPolicy),
      play(bestFixedPolicy(createDraws(1), 1000)),
      play(randomPolicy(createDraws(2))),
    ];
    expect(oracle).toBeCloseTo(100, 8);
    expect(rules).toBeLessThan(75);
    expect(rules).toBeGreaterThan(1.15 * random);
    expect(fixed).toBeGreaterThan(1.1 * random);
  }, 60_000);

  it('keeps to what is allowed, and offers nothing where everything would cost', () => {
    const shop = createInteractiveWorld(world);
    let seen = 0;
    let nothing = 0;
    for (let step = shop.next(); step !== undefined && seen < 500; step = shop.next()) {
      if (step.kind !== 'decision') continue;
      seen += 1;
      const { moment } = step;
      const allowed = moment.candidates.slice(0, 2);
      const best = bestAction(moment, 'answers', allowed);
      expect([undefined, ...allowed]).toContain(best.action);
      for (const action of allowed)
        expect(worthOf(moment, action, 'answers')).toBeLessThanOrEqual(best.worth);
      if (bestAction(moment, 'incremental').action === undefined) nothing += 1;
    }
    expect(nothing).toBeGreaterThan(0);
  });
});

describe('a world to act in', () => {
  it('answers what was chosen, and refuses a choice when nothing is open', () => {
    const shop = createInteractiveWorld(world);
    let chosen: string | undefined;
    for (let step = shop.next(); step !== undefined; step = shop.next()) {
      if (step.kind === 'event') {
        if (chosen === undefined) continue;
        expect(step.outcome).toMatchObject({
          outcome: 'shown',
          offer: { action: { id: chosen }, propensity: 0.5 },
        });
        break;
      }
      const [first] = step.moment.candidates;
      if (first === undefined) continue;
      chosen = first.id;
      shop.choose(first, 0.5);
    }
    expect(chosen).toBeDefined();
    expect(() => createInteractiveWorld(world).choose(anAction(), 1)).toThrow(
      'Expected a decision to be open',
    );
  });

  it('has a new action only from its day on', () => {
    const from = new Date('2025-03-01T00:00:00Z');
    const shop = createInteractiveWorld({ ...world, customers: 100, newActions: { 'kitchen-week': from } });
    const times: number[] = [];
    for (let step = shop.next(); step !== undefined; step = shop.next()) {
      if (step.kind !== 'decision') continue;
      if (step.moment.candidates.some(({ id }) => id === 'kitchen-week')) times.push(step.moment.at);
    }
    expect(times.length).toBeGreaterThan(50);
    expect(times.filter((at) => at < from.getTime())).toEqual([]);
  });

  it('turns all tastes at once on request', () => {
    const shift = new Date('2025-06-01T00:00:00Z');
    const worthOfKitchen = (tasteShifts: readonly Date[]) => {
      const shop = createInteractiveWorld({ ...world, tasteShifts });
      const sums = { before: 0, after: 0 };
      for (let step = shop.next(); step !== undefined; step = shop.next()) {
        if (step.kind !== 'decision' || step.moment.life.customer.group !== 'cook') continue;
        const kitchen = step.moment.candidates.find(({ id }) => id === 'kitchen-week');
        if (kitchen === undefined) continue;
        const share = step.moment.life.tastes.shares[0] ?? 0;
        const half = step.moment.at < shift.getTime() ? 'before' : 'after';
        sums[half] = Math.max(sums[half], 0) + (share > 0.4 ? 1 : -1);
      }
      return sums;
    };
    const turned = worthOfKitchen([shift]);
    const steady = worthOfKitchen([]);
    expect(turned.before).toBe(steady.before);
    expect(steady.after).toBeGreaterThan(turned.after + 20);
  }, 30_000);
});
