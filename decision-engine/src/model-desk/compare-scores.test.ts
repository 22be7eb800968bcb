import { describe, expect, it } from 'vitest';
import { compareScores, type ScorePair } from './compare-scores.js';

const pair = (inForce: number, shadow: number, yes: boolean | null = null): ScorePair => ({
  inForce,
  shadow,
  yes,
});

describe('compareScores', () => {
  it('says nothing of no pairs', () => {
    expect(compareScores([])).toEqual({
      n: 0,
      meanInForce: null,
      meanShadow: null,
      difference: { value: null, low: null, high: null },
      correlation: null,
      answered: null,
    });
  });

  it('pairs the scores: a steady difference has a narrow interval', () => {
    const pairs = [0.1, 0.2, 0.4, 0.7].map((score) => pair(score, score + 0.1));
    const { difference, correlation, meanInForce } = compareScores(pairs);
    expect(meanInForce).toBeCloseTo(0.35);
    expect(difference.value).toBeCloseTo(0.1);
    expect(difference.high).toBeCloseTo(0.1);
    expect(correlation).toBeCloseTo(1);
  });

  it('asks which was nearer to what came, of answered pairs alone', () => {
    const { answered } = compareScores([
      pair(0.5, 0.8, true),
      pair(0.5, 0.2, false),
      pair(0.5, 0.9, true),
      pair(0.5, 0.9),
    ]);
    expect(answered?.n).toBe(3);
    expect(answered?.inForce).toBeCloseTo(Math.log(2));
    expect(answered?.shadow).toBeCloseTo((-Math.log(0.8) * 2 - Math.log(0.9)) / 3);
    expect(answered?.difference.value).toBeLessThan(0);
  });

  it('holds a score of 0 that came out yes to a finite loss', () => {
    expect(compareScores([pair(0, 1, true)]).answered?.inForce).toBeLessThan(20);
  });
});
