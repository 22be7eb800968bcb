import { Schema } from 'mongoose';
import type { ChurnView } from '../api/shapes/reason.js';
import type { Crossing } from '../segments/crossings.js';
import type { Attention } from './attention.js';
import type { Profile } from './profile.js';
import type { ReservedContact } from './reserved-contact.js';

/**
 * A profile as it is stored, with what keeps its writes exact (`revision`, `applying`) and what is computed from it
 * (`churn`, `expectedYear`, `attention`: refreshed by the scorer, never by an event).
 */
export type CustomerDocument = Omit<Profile, 'customerId'> & {
  readonly _id: string;
  /** Counts the saves; every save names the revision it read. */
  readonly revision: number;
  /** messageIds that the last save added to the profile and that may still be marked pending. */
  readonly applying: readonly string[];
  /** Set once this customer was merged into another, who has all its events since. */
  readonly mergedInto: string | null;
  /** Present while a merge has begun and not ended. */
  readonly mergePending?: true;
  /** What was decided for the customer and not shown yet; see `reserve-contacts.ts`. Apart from the profile: no event changes it. */
  readonly reserved?: readonly ReservedContact[];
  /** Counts the changes of `reserved`. */
  readonly reservedRevision?: number;
  /** The name and each word of it in lower case, for search. */
  readonly searchNames: readonly string[];
  readonly churn: ChurnView | null;
  /** What the value model expects of the coming year; null without a model or a score; absent = not looked at yet. */
  readonly expectedYear?: number | null;
  readonly attention: Attention | null;
  /** The segments the customer was in when looked at last; absent = never looked at. */
  readonly segments?: readonly string[];
  readonly segmentsAt?: Date;
  /** Segments the customer came into or left that are still to be told as events. */
  readonly segmentNews?: readonly Crossing[];
  /** When `churn`, `attention` and `segments` were computed; null when an event came since. */
  readonly scoredAt: Date | null;
};

const mixed = { type: Schema.Types.Mixed };

export const customerSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    revision: { type: Number, required: true },
    applying: { type: [String], default: [] },
    mergedInto: { type: String, default: null },
    mergePending: { type: Boolean },
    traits: { ...mixed, default: {} },
    traitTimes: { ...mixed, default: {} },
    consent: { ...mixed, default: [] },
    timeZone: { type: String, default: null },
    language: { type: String, default: null },
    firstSeenAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    lastBehaviourAt: { type: Date, default: null },
    features: mixed,
    contacts: { ...mixed, default: [] },
    page: { ...mixed, default: null },
    suppressions: { ...mixed, default: [] },
    exposures: { ...mixed, default: [] },
    devices: mixed,
    heardFrom: mixed,
    lists: mixed,
    reserved: { ...mixed, default: [] },
    reservedRevision: { type: Number, default: 0 },
    conversation: { ...mixed, default: null },
    recent: { ...mixed, default: [] },
    recentSince: { type: Date, default: null },
    totals: mixed,
    computed: mixed,
    searchNames: { type: [String], default: [] },
    churn: { ...mixed, default: null },
    expectedYear: { type: Number },
    attention: { ...mixed, default: null },
    segments: { type: [String], default: undefined },
    segmentsAt: { type: Date },
    segmentNews: mixed,
    scoredAt: { type: Date, default: null },
  },
  { collection: 'customers', versionKey: false, minimize: false, strict: 'throw' },
);
customerSchema.index({ 'attention.urgency': -1, _id: 1 });
customerSchema.index({ scoredAt: 1 });
customerSchema.index({ searchNames: 1 });
customerSchema.index({ segments: 1 });
customerSchema.index({ 'segmentNews.at': 1 }, { sparse: true });
customerSchema.index({ mergePending: 1 }, { sparse: true });
// Who is part of whom. Those who are nobody's stay out, so that it is of no use for finding them.
customerSchema.index({ mergedInto: 1 }, { partialFilterExpression: { mergedInto: { $gt: '' } } });
customerSchema.index({ 'devices.address': 1 }, { sparse: true });
