import { Schema } from 'mongoose';

export const SEGMENT_COUNT_VERSION = 1;

/** How many customers were in a segment on a day: the latest count of that day. */
export type SegmentCountDocument = {
  /** "loyal@2026-11-22" */
  _id: string;
  schemaVersion: number;
  segmentId: string;
  /** In UTC, as "2026-11-22". */
  day: string;
  size: number;
  /** All customers then. */
  customers: number;
};

export const segmentCountSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    segmentId: { type: String, required: true },
    day: { type: String, required: true },
    size: { type: Number, required: true },
    customers: { type: Number, required: true },
  },
  { collection: 'segmentCounts', versionKey: false, strict: 'throw' },
);
segmentCountSchema.index({ segmentId: 1, day: -1 });
