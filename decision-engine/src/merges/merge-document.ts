import { Schema } from 'mongoose';

export const MERGE_SCHEMA_VERSION = 1;

/** `merging` and `undoing` are under way, and are finished after a crash. */
export type MergeState = 'merging' | 'merged' | 'undoing' | 'undone';

/** What showed that two customers are one: an event with identities of both. */
export type MergeCause = {
  readonly messageId: string;
  /** `identify`, `alias`, `track` … */
  readonly eventType: string;
  /** The identities of the event, as `kind:value`. */
  readonly identities: readonly string[];
  readonly at: Date;
};

/** One customer became part of another. The record stays when that is undone. */
export type MergeDocument = MergeCause & {
  /** Made from both and the event, so that a merge done twice is one. */
  readonly _id: string;
  readonly schemaVersion: number;
  readonly absorbedId: string;
  readonly survivorId: string;
  readonly state: MergeState;
  /** When somebody goes on with undoing it; moved ahead while somebody does, which is the lease. Null otherwise. */
  readonly dueAt: Date | null;
  readonly undoneAt: Date | null;
  readonly undoneBy: { readonly id: string; readonly name: string } | null;
  /** Why it was undone, in their words. */
  readonly reason: string;
};

export const mergeSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    absorbedId: { type: String, required: true },
    survivorId: { type: String, required: true },
    messageId: { type: String, required: true },
    eventType: { type: String, required: true },
    identities: { type: [String], default: [] },
    at: { type: Date, required: true },
    state: { type: String, required: true },
    dueAt: { type: Date, default: null },
    undoneAt: { type: Date, default: null },
    undoneBy: { type: Schema.Types.Mixed, default: null },
    reason: { type: String, default: '' },
  },
  { collection: 'merges', versionKey: false, minimize: false, strict: 'throw' },
);
mergeSchema.index({ absorbedId: 1 });
mergeSchema.index({ survivorId: 1 });
mergeSchema.index({ dueAt: 1 }, { partialFilterExpression: { state: 'undoing' } });
