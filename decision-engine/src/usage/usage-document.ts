import { Schema } from 'mongoose';

export const USAGE_SCHEMA_VERSION = 1;

/**
 * How much of an action is used up over all customers: what happened, and what decisions hold for what may still happen.
 * One document per action; its counters only change by `$inc`, under the caps as a condition.
 */
export type UsageDocument = {
  /** The action's id. */
  _id: string;
  schemaVersion: number;
  contacts: number;
  acceptances: number;
  /** Millionths of the shop's currency: whole numbers, so that sums are exact. */
  spentMicros: number;
};

export const usageSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    contacts: { type: Number, required: true },
    acceptances: { type: Number, required: true },
    spentMicros: { type: Number, required: true },
  },
  { collection: 'usage', versionKey: false, strict: 'throw' },
);
