import { describe, expect, it } from 'vitest';
import { problemOf, problemsUnder } from './problems';

const problems = [
  'Expected "actions[1].cost" to be >= 0, got -3 (number)',
  'Expected "actions[12].eligibility[0].when.field" to be a feature: one of a, got b',
  'Unknown field "actions[1].colour"',
  'something else',
].map(problemOf);

describe('problemOf', () => {
  it('says where and what', () => {
    expect(problems[0]).toEqual({ path: 'actions[1].cost', message: 'Expected to be >= 0, got -3 (number)' });
    expect(problems[3]).toEqual({ path: null, message: 'something else' });
  });
});

describe('problemsUnder', () => {
  it('keeps action 1 and action 12 apart', () => {
    expect(problemsUnder(problems, ['actions', 1])).toHaveLength(2);
    expect(problemsUnder(problems, ['actions', 12])).toHaveLength(1);
  });

  it('says the rest of the path', () => {
    expect(problemsUnder(problems, ['actions', 12, 'eligibility', 0])).toEqual([
      'when.field: Expected to be a feature: one of a, got b',
    ]);
    expect(problemsUnder(problems, ['actions', 1, 'cost'])).toEqual(['Expected to be >= 0, got -3 (number)']);
  });
});
