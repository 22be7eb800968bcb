import type { Engine } from '../engine/engine.js';
import { SEGMENT_COUNT_VERSION, type SegmentCountDocument } from './segment-count-document.js';

export type SegmentSizes = {
  /** By segment; one that nobody is in is missing. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly customers: number;
};

/** How many customers are in each segment, as of when each was looked at last. */
export async function countSegments(
  { store }: Pick<Engine, 'store'>,
  within?: string,
): Promise<SegmentSizes> {
  const filter = { mergedInto: null, ...(within === undefined ? {} : { segments: within }) };
  const [groups, customers] = await Promise.all([
    store.customers.aggregate<{ readonly _id: string; readonly size: number }>([
      { $match: filter },
      { $project: { segments: 1 } },
      { $unwind: '$segments' },
      { $group: { _id: '$segments', size: { $sum: 1 } } },
    ]),
    store.customers.countDocuments(filter),
  ]);
  return { sizes: new Map(groups.map(({ _id, size }) => [_id, size])), customers };
}

/** Keeps today's sizes, for the trend. The last count of a day is the one that stays. */
export async function keepSegmentCounts(engine: Pick<Engine, 'store' | 'rules' | 'clock'>): Promise<void> {
  const { segments } = engine.rules();
  if (segments.length === 0) return;
  const day = engine.clock().toISOString().slice(0, 10);
  const { sizes, customers } = await countSegments(engine);
  await engine.store.segmentCounts.bulkWrite(
    segments.map(({ segmentId }) => ({
      updateOne: {
        filter: { _id: `${segmentId}@${day}` },
        update: {
          $set: {
            schemaVersion: SEGMENT_COUNT_VERSION,
            segmentId,
            day,
            size: sizes.get(segmentId) ?? 0,
            customers,
          },
        },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

/** Sizes by day, the earliest first. */
export async function readTrends(
  { store }: Pick<Engine, 'store'>,
  { segmentIds, since }: { readonly segmentIds: readonly string[]; readonly since: string },
): Promise<ReadonlyMap<string, readonly { readonly day: string; readonly size: number }[]>> {
  const counts = await store.segmentCounts
    .find({ segmentId: { $in: [...segmentIds] }, day: { $gte: since } })
    .sort({ day: 1 })
    .lean<SegmentCountDocument[]>();
  const trends = new Map<string, { day: string; size: number }[]>();
  for (const { segmentId, day, size } of counts) {
    const trend = trends.get(segmentId) ?? [];
    trend.push({ day, size });
    trends.set(segmentId, trend);
  }
  return trends;
}
