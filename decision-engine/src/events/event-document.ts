import type { JsonObject } from '@segue/models';
import { Schema } from 'mongoose';

export const EVENT_SCHEMA_VERSION = 1;

/** An event as it is stored. `_id` is its messageId: a repeat can't be stored twice. */
export type EventDocument = {
  _id: string;
  schemaVersion: number;
  customerId: string;
  /** The customer it came in under; absent where no merge has moved it. */
  origin?: string;
  type: string;
  name: string;
  timestamp: Date;
  receivedAt: Date;
  properties: JsonObject;
  context: JsonObject;
  /** The identities the sender gave, for looking into merges. */
  identities: string[];
  /** Present until the event is part of the profile; see `apply-pending.ts`. */
  pending?: true;
  /** Present until the journeys that want it have taken account of it. */
  forJourneys?: true;
  /** Present until what it says of earlier decisions is recorded with them; see `follow-up-outcomes.ts`. */
  forOutcomes?: true;
};

export const eventSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    type: { type: String, required: true },
    name: { type: String, default: '' },
    timestamp: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    properties: { type: Schema.Types.Mixed, default: {} },
    context: { type: Schema.Types.Mixed, default: {} },
    identities: { type: [String], default: [] },
    pending: { type: Boolean },
    forJourneys: { type: Boolean },
    forOutcomes: { type: Boolean },
  },
  { collection: 'events', versionKey: false, minimize: false, strict: 'throw' },
);
eventSchema.index({ customerId: 1, timestamp: 1, _id: 1 });
// What measures are worked out from.
eventSchema.index({ name: 1, timestamp: 1 });
eventSchema.index(
  { customerId: 1, timestamp: 1 },
  { name: 'pending', partialFilterExpression: { pending: true } },
);
eventSchema.index(
  { receivedAt: 1, _id: 1 },
  { name: 'forJourneys', partialFilterExpression: { forJourneys: true } },
);
eventSchema.index(
  { receivedAt: 1, _id: 1 },
  { name: 'forOutcomes', partialFilterExpression: { forOutcomes: true } },
);
