import { expect, test } from 'vitest';
import { targetOf } from './target-of.js';

test.each([
  [
    { journeyId: 'welcome', state: 'paused' },
    { kind: 'journey', id: 'welcome', name: 'welcome' },
  ],
  [
    { model: 'churn', version: 'v1' },
    { kind: 'model', id: 'churn', name: 'churn' },
  ],
  [
    { runId: 'run_1', journeyId: 'welcome' },
    { kind: 'run', id: 'run_1', name: 'run_1' },
  ],
  [{ journeyId: 'x'.repeat(301) }, null],
  [{ definition: { journeyId: 'inside' } }, null],
  [{ segmentId: 7 }, null],
  [null, null],
  ['welcome', null],
])('what %j is about', (input, expected) => {
  expect(targetOf(input)).toEqual(expected);
});
