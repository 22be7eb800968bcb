import { describe, expect, it } from 'vitest';
import { readTrainArguments } from './train-arguments.js';

const read = (line: string) => readTrainArguments(line.split(' '));

describe('readTrainArguments', () => {
  it('reads a table', () => {
    const line =
      '--model churn --data bank.csv --target y --positive yes --ignore duration,day --delimiter ; --types age=number --cv 5 --seed 3 --budget 5m --out m --json';
    expect(read(line)).toEqual({
      kind: 'run',
      args: {
        model: 'churn',
        seed: 3,
        budgetSeconds: 300,
        out: 'm',
        json: true,
        from: {
          source: 'table',
          file: 'bank.csv',
          target: 'y',
          positive: 'yes',
          ignore: ['duration', 'day'],
          types: { age: 'number' },
          delimiter: ';',
          group: undefined,
          folds: 5,
          time: undefined,
          searchSeconds: undefined,
          keepLeaks: false,
        },
      },
    });
  });

  it('reads how long to search', () => {
    expect(read('--model churn --data bank.csv --target y --search 10m')).toMatchObject({
      args: { from: { searchSeconds: 600, folds: undefined } },
    });
  });

  it('reads dates and a horizon for the store', () => {
    expect(read('--model churn --as-of 2011-06-01 --test-as-of 2011-09-01 --horizon 90d')).toMatchObject({
      args: {
        json: false,
        from: {
          source: 'store',
          asOf: new Date('2011-06-01T00:00:00Z'),
          testAsOf: new Date('2011-09-01T00:00:00Z'),
          horizonDays: 90,
          promote: true,
        },
      },
    });
  });

  it.each([
    ['--model chrn', /--model to be one of churn, propensity, value, survival, got "chrn"/],
    ['--model churn --data x.csv', /Expected --target/],
    ['--model churn --target y', /Expected --data FILE with --target/],
    ['--model churn --data x.csv --target y --horizon 9d', /no --horizon with --data/],
    ['--model churn --data x.csv --target y --cv 1', /--cv to be a whole number from 2 to 20, got "1"/],
    ['--model churn --data x.csv --target y --types age=float', /number\|category\|date, got "age=float"/],
    ['--model churn --data x.csv --target y --delimiter ;;', /one character/],
    ['--model churn --data x.csv --target y --cv 5 --search 5m', /no --cv with --search/],
    ['--model churn --search 5m', /Expected --data FILE with --search/],
    ['--model churn --data shop.snapshot.gz', /Expected --out/],
    ['--model churn --save-snapshot shop.gz', /--save-snapshot to end in .snapshot.gz/],
    ['--model value --margin 35', /--margin to be above 0 and at most 1, got "35"/],
    ['--model churn --budget soon', /--budget to be a time/],
    ['--model churn --as-of yesterday', /--as-of to be a day/],
    ['--model churn --seed -1', /--seed/],
    ['--model churn --sed 1', /--sed/],
  ])('refuses %s', (line, message) => {
    const answer = read(line);
    expect(answer.kind).toBe('usage');
    expect(answer).toHaveProperty('message', expect.stringMatching(message));
  });

  it('shows help', () => {
    expect(read('--help').kind).toBe('help');
  });
});
