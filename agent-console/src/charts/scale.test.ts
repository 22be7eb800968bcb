import { describe, expect, it } from 'vitest';
import { extentOf, linearScale } from './scale';

describe('linearScale', () => {
  it('maps the ends to the ends, downwards too', () => {
    const scale = linearScale({ domain: [0, 10], range: [100, 0] });
    expect([scale.at(0), scale.at(10), scale.at(5)]).toEqual([100, 0, 50]);
  });

  it('puts ticks at round numbers inside', () => {
    expect(linearScale({ domain: [0, 1], range: [0, 1] }).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linearScale({ domain: [0.31, 0.94], range: [0, 1] }).ticks).toEqual([0.4, 0.6, 0.8]);
    expect(linearScale({ domain: [-30, 120], range: [0, 1], ticks: 5 }).ticks).toEqual([0, 50, 100]);
  });

  it('holds for a single value', () => {
    const scale = linearScale({ domain: [3, 3], range: [0, 100] });
    expect(scale.at(3)).toBe(50);
  });
});

describe('extentOf', () => {
  it('leaves out what is not known', () => {
    expect(extentOf([null, 2, undefined, 4, Number.NaN], 0)).toEqual([2, 4]);
    expect(extentOf([null])).toBeNull();
  });
});
