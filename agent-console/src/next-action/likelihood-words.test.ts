import { describe, expect, it } from 'vitest';
import { likelihoodWords, oddsWords } from './likelihood-words';

describe('likelihoodWords', () => {
  it.each([
    [null, 'By rule'],
    [0.9, 'Very likely'],
    [0.5, 'Very likely'],
    [0.42, 'Likely'],
    [0.2, 'Fair chance'],
    [0.09, 'Small chance'],
    [0.01, 'Long shot'],
  ])('%s is %j', (probability, words) => {
    expect(likelihoodWords(probability)).toBe(words);
  });
});

describe('oddsWords', () => {
  it('never says none in a hundred', () => {
    expect([oddsWords(0.42), oddsWords(0.003)]).toEqual(['42 in 100', 'fewer than 1 in 100']);
  });
});
