import { type MeanWithInterval, meanWithInterval } from './mean-with-interval.js';
import { SHIFT_WINDOW, type StudyRun } from './play-study.js';
import type { StudyPolicyName } from './study-policy.js';

/** Back from a shift is who earns this share of the best again. */
const BACK_AT = 85;

export type StudySummary = {
  readonly policy: StudyPolicyName;
  readonly worth: MeanWithInterval;
  readonly percentOfOracle: MeanWithInterval;
  /** The last quarter of the windows: what it comes to once it has learned. */
  readonly lastQuarter: MeanWithInterval | null;
  readonly shift: {
    /** In the first and in the last window after the shift. */
    readonly first: MeanWithInterval;
    readonly last: MeanWithInterval;
    /** Decisions until the first window at 85 % of the best, by seed; null where there was none. */
    readonly backAfter: readonly (number | null)[];
  } | null;
};

/** Sums up the runs of each policy over its seeds. */
export function summariseStudy(runs: readonly StudyRun[]): StudySummary[] {
  const names = [...new Set(runs.map(({ policy }) => policy))];
  return names.map((policy) =>
    summaryOf(
      policy,
      runs.filter((run) => run.policy === policy),
    ),
  );
}

function summaryOf(policy: StudyPolicyName, runs: readonly StudyRun[]): StudySummary {
  const late = runs.flatMap(({ windows }) => {
    const last = windows.slice(-Math.ceil(windows.length / 4));
    return last.length === 0 ? [] : [meanWithInterval(last).mean];
  });
  const shifted = runs.flatMap(({ afterShift }) => afterShift?.windows ?? []);
  return {
    policy,
    worth: meanWithInterval(runs.map(({ worth }) => worth)),
    percentOfOracle: meanWithInterval(runs.map(({ percentOfOracle }) => percentOfOracle)),
    lastQuarter: late.length === 0 ? null : meanWithInterval(late),
    shift: shifted.length === 0 ? null : shiftOf(runs.map(({ afterShift }) => afterShift?.windows ?? [])),
  };
}

function shiftOf(windows: readonly (readonly number[])[]): StudySummary['shift'] {
  const seen = windows.filter((run) => run.length > 0);
  return {
    first: meanWithInterval(seen.flatMap((run) => run[0] ?? [])),
    last: meanWithInterval(seen.flatMap((run) => run.at(-1) ?? [])),
    backAfter: seen.map((run) => {
      const back = run.findIndex((percent) => percent >= BACK_AT);
      return back < 0 ? null : (back + 1) * SHIFT_WINDOW;
    }),
  };
}
