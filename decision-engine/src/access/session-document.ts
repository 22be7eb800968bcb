import { Schema } from 'mongoose';

export const SESSION_SCHEMA_VERSION = 1;

export type SessionDocument = {
  /** SHA-256 of the token in the cookie: who reads the database can't sign in with it. */
  _id: string;
  schemaVersion: number;
  agentId: string;
  createdAt: Date;
  expiresAt: Date;
};

export const sessionSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    agentId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false, strict: 'throw' },
);
sessionSchema.index({ agentId: 1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
