import { performance } from 'node:perf_hooks';
import type { Engine } from '../../engine/engine.js';
import { perStore } from '../../store/per-store.js';
import { groupRuns, type RunGroup } from './count-runs.js';

/** Fewer runs than these are counted each time. */
const MANY_RUNS = 5_000;
/** A count of many runs serves for so many times what it took, within these bounds: counting takes a twentieth of the time at most. */
const TIMES_ITS_COST = 20;
const SERVES_MS = { least: 4_000, most: 60_000 };

type Counted = { readonly ids: string; readonly groups: readonly RunGroup[]; readonly until: number };

const keptOf = perStore(() => ({
  counted: null as Counted | null,
  counting: new Map<string, Promise<readonly RunGroup[]>>(),
}));

function servesFor(groups: readonly RunGroup[], cost: number): number {
  const runs = groups.reduce((sum, group) => sum + group.runs, 0);
  if (runs < MANY_RUNS) return 0;
  return Math.min(SERVES_MS.most, Math.max(SERVES_MS.least, TIMES_ITS_COST * cost));
}

/**
 * The runs of these journeys as {@link groupRuns} counts them, for a page that many people leave open: however many ask,
 * one count is under way, and one of very many runs is shown for a while.
 * @param elapsed milliseconds of a clock that nobody sets
 */
export async function overviewCounts(
  engine: Pick<Engine, 'store' | 'clock'>,
  journeyIds: readonly string[],
  elapsed: () => number = () => performance.now(),
): Promise<readonly RunGroup[]> {
  const kept = keptOf(engine.store);
  const ids = journeyIds.join('\n');
  const { counted } = kept;
  if (counted !== null && counted.ids === ids && elapsed() < counted.until) return counted.groups;
  const underWay = kept.counting.get(ids);
  if (underWay !== undefined) return underWay;
  const began = elapsed();
  const counting = groupRuns(engine, { journeyIds })
    .then((groups) => {
      const now = elapsed();
      kept.counted = { ids, groups, until: now + servesFor(groups, now - began) };
      return groups;
    })
    .finally(() => kept.counting.delete(ids));
  kept.counting.set(ids, counting);
  return counting;
}
