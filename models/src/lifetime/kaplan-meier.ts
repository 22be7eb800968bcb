import type { LeavingTime } from './leaving-times.js';

/** Share still there after each week, 1 up to `weeks` (Kaplan & Meier 1958); NaN from where on nobody is known of. */
export function kaplanMeier(times: readonly LeavingTime[], weeks: number): number[] {
  let staying = 1;
  return Array.from({ length: weeks }, (_, index) => {
    const week = index + 1;
    const atRisk = times.filter((time) => time.week >= week).length;
    const gone = times.filter((time) => time.left && time.week === week).length;
    staying *= atRisk === 0 ? Number.NaN : 1 - gone / atRisk;
    return staying;
  });
}

/** Whether the customer left within so many weeks; null where that is not known. */
export function leftBy({ week, left }: LeavingTime, weeks: number): boolean | null {
  if (left) {
    return week <= weeks;
  }
  return week >= weeks ? false : null;
}
