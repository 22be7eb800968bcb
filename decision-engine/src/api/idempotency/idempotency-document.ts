import { Schema } from 'mongoose';

export const IDEMPOTENCY_SCHEMA_VERSION = 1;

/** A request that came with an `Idempotency-Key`, and what it was answered. */
export type IdempotencyDocument = {
  /** SHA-256 of who asked and their key. */
  _id: string;
  schemaVersion: number;
  /** SHA-256 of what was asked. */
  request: string;
  /** JSON; null while the request is being answered. */
  answer: string | null;
  startedAt: Date;
  /** The store forgets it then. */
  expiresAt: Date;
};

export const idempotencySchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    request: { type: String, required: true },
    answer: { type: String, default: null },
    startedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'idempotencyKeys', versionKey: false, strict: 'throw' },
);
idempotencySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
