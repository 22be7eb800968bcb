import { Schema } from 'mongoose';

export const ATTEMPT_SCHEMA_VERSION = 1;

/** How often signing in went wrong for one account, or from one address, in a stretch of time. */
export type AttemptDocument = {
  /** What is counted, and the hash of whose: no address or e-mail stands here. */
  _id: string;
  schemaVersion: number;
  count: number;
  /** The store forgets it then. */
  expiresAt: Date;
};

export const attemptSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    count: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signInAttempts', versionKey: false, strict: 'throw' },
);
attemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
