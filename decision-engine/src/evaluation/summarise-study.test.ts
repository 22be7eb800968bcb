import { expect, it } from 'vitest';
import type { StudyRun } from './play-study.js';
import { summariseStudy } from './summarise-study.js';

const run = (seed: number, percentOfOracle: number, shifted: number[]): StudyRun => ({
  policy: 'learned',
  seed,
  decisions: 10_000,
  worth: percentOfOracle / 50,
  percentOfOracle,
  windows: [60, 70, 80, percentOfOracle],
  afterShift: { decisions: 2_000 * shifted.length, windows: shifted },
});

it('takes means over shops, and says when each was back', () => {
  const [learned] = summariseStudy([run(1, 90, [50, 70, 86]), run(2, 92, [60, 80, 84])]);
  expect(learned?.percentOfOracle.mean).toBe(91);
  expect(learned?.lastQuarter?.mean).toBe(91);
  expect(learned?.shift).toMatchObject({ first: { mean: 55 }, last: { mean: 85 }, backAfter: [6_000, null] });
});
