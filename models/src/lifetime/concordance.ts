import { seededRandom } from '../training/seeded-random.js';
import type { LeavingTime } from './leaving-times.js';

/** With more customers pairs are drawn instead of counted. */
const ALL_PAIRS = 1500;
const DRAWN_PAIRS = 1_000_000;

/**
 * Harrell's C: of pairs in which one is known to leave before the other, the share whose risk is in that order, ties half.
 *
 * @param risks higher = leaves sooner
 */
export function concordance(times: readonly LeavingTime[], risks: ArrayLike<number>): number {
  let comparable = 0;
  let right = 0;
  const compare = (first: number, second: number): void => {
    const [a, b] = [times[first], times[second]];
    if (a === undefined || b === undefined || !a.left || a.week >= b.week) {
      return;
    }
    const difference = (risks[first] ?? 0) - (risks[second] ?? 0);
    comparable += 1;
    right += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
  };
  if (times.length <= ALL_PAIRS) {
    times.forEach((_, first) => {
      times.forEach((__, second) => {
        compare(first, second);
      });
    });
  } else {
    const random = seededRandom(1);
    for (let pair = 0; pair < DRAWN_PAIRS; pair += 1) {
      compare(random.below(times.length), random.below(times.length));
    }
  }
  return right / comparable;
}
