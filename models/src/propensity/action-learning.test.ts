import { describe, expect, it } from 'vitest';
import { sigmoid } from '../calibration/calibrator.js';
import { seededRandom } from '../training/seeded-random.js';
import { ActionLearning, LAST_LAYER_SIZE } from './action-learning.js';
import { moderated } from './action-posterior.js';

const NOTHING = new Array<number>(LAST_LAYER_SIZE).fill(0);
const offer = (actionId: string, logit: number) => ({ actionId, logit, lastLayer: NOTHING });

function probability(learning: ActionLearning, view: ReturnType<typeof offer>): number {
  const { shift, variance } = learning.adjust(view);
  return sigmoid(moderated(view.logit + shift, variance));
}

describe('ActionLearning', () => {
  it('comes mostly within 20 % of the truth of a new action after 300 outcomes', () => {
    const off: number[] = [];
    for (let seed = 0; seed < 100; seed += 1) {
      const random = seededRandom(seed);
      const expected = -2 + 0.5 * random.normal();
      const truth = sigmoid(expected + 0.8 * random.normal());
      const learning = new ActionLearning('v1', new Map());
      for (let outcome = 0; outcome < 300; outcome += 1) {
        learning.learn(offer('new', expected), random.uniform() < truth);
      }
      off.push(Math.abs(probability(learning, offer('new', expected)) / truth - 1));
    }
    off.sort((a, b) => a - b);
    // Truths are mostly 5 to 30 %; at 12 %, 300 outcomes leave a standard error of 16 %, so two of three is what to expect.
    expect(off.filter((error) => error <= 0.2).length).toBeGreaterThanOrEqual(60);
    expect(off[50]).toBeLessThan(0.2);
  });

  it('comes to the same, nearly, when a yes follows a silence that was learned as a no', () => {
    const [told, late] = [new ActionLearning('v1', new Map()), new ActionLearning('v1', new Map())];
    const random = seededRandom(2);
    for (let outcome = 0; outcome < 400; outcome += 1) {
      const yes = random.uniform() < 0.15;
      told.learn(offer('new', -1), yes);
      late.learn(offer('new', -1), false);
      if (yes) late.correct(offer('new', -1));
    }
    const [direct, corrected] = [told, late].map((each) => probability(each, offer('new', -1)));
    expect((corrected ?? 0) / (direct ?? 1)).toBeGreaterThan(0.9);
    expect((corrected ?? 0) / (direct ?? 1)).toBeLessThan(1.1);
    expect(late.outcomesOf('new')).toBe(400);
  });

  it('gets surer with every outcome, and is surer of an action the network was trained on', () => {
    const learning = new ActionLearning('v1', new Map([['old', { shown: 5000, yes: 500 }]]));
    const before = learning.adjust(offer('new', -2)).variance;
    learning.learn(offer('new', -2), false);
    const after = learning.adjust(offer('new', -2)).variance;
    expect(after).toBeLessThan(before);
    expect(learning.adjust(offer('old', -2)).variance).toBeLessThan(after / 20);
    expect(learning.adjust(offer('old', -2)).shift).toBe(0);
  });

  it('learns that an action works on some and not on others', () => {
    const random = seededRandom(1);
    const learning = new ActionLearning('v1', new Map());
    const like = (sign: number) => ({ actionId: 'a', logit: -1, lastLayer: NOTHING.map(() => sign) });
    for (let outcome = 0; outcome < 600; outcome += 1) {
      const sign = outcome % 2 === 0 ? 1 : -1;
      learning.learn(like(sign), random.uniform() < (sign === 1 ? 0.5 : 0.1));
    }
    expect(probability(learning, like(1))).toBeGreaterThan(0.4);
    expect(probability(learning, like(-1))).toBeLessThan(0.18);
  });

  it('goes on after a restart as if nothing had happened', () => {
    const learning = new ActionLearning('v1', new Map());
    for (let outcome = 0; outcome < 20; outcome += 1) {
      learning.learn(
        { actionId: 'a', logit: -1, lastLayer: NOTHING.map((_, i) => i / 5) },
        outcome % 3 === 0,
      );
    }
    const restarted = new ActionLearning('v1', new Map());
    expect(restarted.restore(JSON.parse(JSON.stringify(learning.state())))).toBe(true);
    expect(restarted.state()).toEqual(learning.state());
    learning.learn(offer('a', 0), true);
    restarted.learn(offer('a', 0), true);
    expect(restarted.adjust(offer('a', 0))).toEqual(learning.adjust(offer('a', 0)));
  });

  it("leaves another model's state alone and refuses a damaged one", () => {
    const learning = new ActionLearning('v2', new Map());
    expect(learning.restore(new ActionLearning('v1', new Map()).state())).toBe(false);
    expect(() => learning.restore({ format: 1, modelVersion: 'v2', actions: { a: { mean: 'x' } } })).toThrow(
      'problem at "actions.a.mean"',
    );
  });
});
