import { describe, expect, it } from 'vitest';
import { chiSquare } from '../testing/chi-square.js';
import { assignExperiments, inGlobalHoldOut } from './assign-experiments.js';
import { type Experiment, experimentSchema, globalHoldOutSchema } from './experiment.js';

const NOW = Date.UTC(2026, 10, 22);
const keys = Array.from({ length: 20_000 }, (_, index) => `anonymous-${index}`);

function experiment(experimentId: string, changes: object = {}): Experiment {
  return experimentSchema.parse({
    experimentId,
    variants: [{ variantId: 'a' }, { variantId: 'b' }],
    ...changes,
  });
}

function variantsOf(experiments: readonly Experiment[]): string[][] {
  return keys.map((key) =>
    assignExperiments(experiments, key, NOW).map(
      ({ experimentId, variantId }) => `${experimentId}/${variantId}`,
    ),
  );
}

describe('assignExperiments', () => {
  it('splits by the weights', () => {
    const split = experiment('x', {
      variants: [
        { variantId: 'a', weight: 3 },
        { variantId: 'b', weight: 1 },
        { variantId: 'off', weight: 0 },
      ],
    });
    const all = variantsOf([split]).flat();
    const counts = ['x/a', 'x/b', 'x/off'].map((name) => all.filter((each) => each === name).length);
    expect(counts[2]).toBe(0);
    expect(chiSquare(counts.slice(0, 2), [0.75, 0.25]).z).toBeLessThan(4);
  });

  it('is sticky: the same key, the same variant, also when the experiment grows', () => {
    const small = variantsOf([experiment('x', { to: 0.1 })]);
    const grown = variantsOf([experiment('x', { to: 0.6 })]);
    const inSmall = small.flatMap((names, index) => (names.length > 0 ? [index] : []));
    expect(inSmall.length).toBeGreaterThan(1_500);
    expect(inSmall.map((index) => grown[index])).toEqual(inSmall.map((index) => small[index]));
  });

  it('keeps experiments of one layer apart, and lets those of two layers overlap', () => {
    const together = [experiment('x', { to: 0.5 }), experiment('y', { from: 0.5 })];
    expect(Math.max(...variantsOf(together).map((names) => names.length))).toBe(1);
    const apart = [experiment('x', { to: 0.5 }), experiment('y', { from: 0.5, layer: 'other' })];
    const overlap = variantsOf(apart).filter((names) => names.length === 2).length;
    expect(overlap / keys.length).toBeCloseTo(0.25, 1);
  });

  it('assigns two experiments independently of each other', () => {
    const pairs = variantsOf([experiment('x'), experiment('y', { layer: 'other' })]).map((names) =>
      names.join(),
    );
    const counts = ['x/a,y/a', 'x/a,y/b', 'x/b,y/a', 'x/b,y/b'].map(
      (pair) => pairs.filter((each) => each === pair).length,
    );
    expect(chiSquare(counts, [0.25, 0.25, 0.25, 0.25]).z).toBeLessThan(4);
  });

  it('runs from its start up to its end', () => {
    const dated = experiment('x', { startsAt: '2026-11-22T00:00:00Z', endsAt: '2026-11-23T00:00:00Z' });
    expect(assignExperiments([dated], 'k', NOW - 1)).toHaveLength(0);
    expect(assignExperiments([dated], 'k', NOW)).toHaveLength(1);
    expect(assignExperiments([dated], 'k', NOW + 86_400_000)).toHaveLength(0);
  });
});

describe('inGlobalHoldOut', () => {
  it('takes its share, and another one with another salt', () => {
    const first = globalHoldOutSchema.parse({ share: 0.1 });
    const second = globalHoldOutSchema.parse({ share: 0.1, salt: '2027' });
    const inFirst = keys.filter((key) => inGlobalHoldOut(first, key));
    const both = inFirst.filter((key) => inGlobalHoldOut(second, key));
    expect(chiSquare([inFirst.length, keys.length - inFirst.length], [0.1, 0.9]).z).toBeLessThan(4);
    expect(both.length / inFirst.length).toBeCloseTo(0.1, 1);
  });
});
