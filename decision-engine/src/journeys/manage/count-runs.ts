import type { Engine } from '../../engine/engine.js';
import type { RunStatus } from '../store/run-document.js';

const WEEK_MS = 7 * 86_400_000;

/** Runs that are alike: of one version, at one step, ended in one way. */
export type RunGroup = {
  readonly journeyId: string;
  readonly version: number;
  readonly status: RunStatus;
  readonly stepId: string;
  /** Of dead letters their reason; null while under way. */
  readonly outcome: string | null;
  readonly runs: number;
  /** Of these, those that reached a goal. */
  readonly reachedGoal: number;
  /** Of these, those that began in the last seven days. */
  readonly thisWeek: number;
};

type Group = Omit<RunGroup, 'journeyId' | 'version' | 'status' | 'stepId' | 'outcome'> & {
  readonly _id: Pick<RunGroup, 'journeyId' | 'version' | 'status' | 'stepId' | 'outcome'>;
};

/** Counts the runs of these journeys, in one pass over them. */
export async function groupRuns(
  { store, clock }: Pick<Engine, 'store' | 'clock'>,
  which: { readonly journeyIds: readonly string[]; readonly version?: number },
): Promise<readonly RunGroup[]> {
  const weekAgo = new Date(clock().getTime() - WEEK_MS);
  const groups = await store.journeyRuns.aggregate<Group>([
    {
      $match: {
        journeyId: { $in: [...which.journeyIds] },
        ...(which.version === undefined ? {} : { version: which.version }),
      },
    },
    {
      $group: {
        _id: {
          journeyId: '$journeyId',
          version: '$version',
          status: '$status',
          stepId: '$stepId',
          outcome: '$outcome',
        },
        runs: { $sum: 1 },
        reachedGoal: { $sum: { $cond: [{ $gt: [{ $size: '$state.goals' }, 0] }, 1, 0] } },
        thisWeek: { $sum: { $cond: [{ $gte: ['$startedAt', weekAgo] }, 1, 0] } },
      },
    },
  ]);
  return groups.map(({ _id, ...counted }) => ({ ..._id, ...counted }));
}

/** How many runs of a version took each way at least once, by the way's name. */
export async function countWays(
  { store }: Pick<Engine, 'store'>,
  journeyId: string,
  version: number,
): Promise<ReadonlyMap<string, number>> {
  const counted = await store.journeyRuns.aggregate<{ readonly _id: string; readonly runs: number }>([
    { $match: { journeyId, version } },
    { $project: { ways: '$state.ways' } },
    { $unwind: '$ways' },
    { $group: { _id: '$ways', runs: { $sum: 1 } } },
  ]);
  return new Map(counted.map(({ _id, runs }) => [_id, runs]));
}

/** Adds up the runs of groups by a name of each. */
export function sumBy(
  groups: readonly RunGroup[],
  nameOf: (group: RunGroup) => string,
): Record<string, number> {
  const sums = new Map<string, number>();
  for (const group of groups) sums.set(nameOf(group), (sums.get(nameOf(group)) ?? 0) + group.runs);
  return Object.fromEntries(sums);
}
