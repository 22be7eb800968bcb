import type { Engine } from '../engine/engine.js';
import { countSegments, readTrends } from './count-segments.js';
import type { Segment } from './segment.js';

const TREND_DAYS = 90;

export type SegmentSummary = {
  readonly segmentId: string;
  readonly name: string;
  readonly description: string;
  readonly size: number;
  /** By day, the earliest first; at most the last ninety. */
  readonly trend: readonly { readonly day: string; readonly size: number }[];
};

export type SegmentOverlap = {
  readonly segmentId: string;
  readonly name: string;
  readonly size: number;
  /** Customers who are in both. */
  readonly both: number;
};

export type SegmentView = SegmentSummary & {
  readonly when: Segment['when'];
  /** The other segments, those that share most first. */
  readonly overlaps: readonly SegmentOverlap[];
};

async function summaries(engine: Engine, segments: readonly Segment[], sizes: ReadonlyMap<string, number>) {
  const since = new Date(engine.clock().getTime() - TREND_DAYS * 86_400_000).toISOString().slice(0, 10);
  const segmentIds = segments.map(({ segmentId }) => segmentId);
  const trends = await readTrends(engine, { segmentIds, since });
  return segments.map(
    ({ segmentId, name, description }): SegmentSummary => ({
      segmentId,
      name,
      description,
      size: sizes.get(segmentId) ?? 0,
      trend: trends.get(segmentId) ?? [],
    }),
  );
}

/** Every segment with its size, and how many customers there are. */
export async function listSegments(
  engine: Engine,
): Promise<{ readonly segments: readonly SegmentSummary[]; readonly customers: number }> {
  const { sizes, customers } = await countSegments(engine);
  return { segments: await summaries(engine, engine.rules().segments, sizes), customers };
}

/** One segment whole; null = the catalogue in force has none of this name. */
export async function viewSegment(engine: Engine, segmentId: string): Promise<SegmentView | null> {
  const { segments } = engine.rules();
  const segment = segments.find((each) => each.segmentId === segmentId);
  if (segment === undefined) return null;
  const [{ sizes }, within] = await Promise.all([countSegments(engine), countSegments(engine, segmentId)]);
  const [summary] = await summaries(engine, [segment], sizes);
  if (summary === undefined) return null;
  const overlaps = segments
    .filter((other) => other.segmentId !== segmentId)
    .map((other): SegmentOverlap => {
      const { segmentId: otherId, name } = other;
      return {
        segmentId: otherId,
        name,
        size: sizes.get(otherId) ?? 0,
        both: within.sizes.get(otherId) ?? 0,
      };
    })
    .sort((a, b) => b.both - a.both);
  return { ...summary, when: segment.when, overlaps };
}
