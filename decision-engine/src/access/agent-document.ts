import { Schema } from 'mongoose';
import type { AgentView } from '../api/shapes/session.js';

export const AGENT_SCHEMA_VERSION = 1;

/** A second factor. The secret has to be readable, because codes are computed from it: it is sealed, see `vault.ts`. */
export type StoredTotp = {
  /** Sealed base32. */
  secret: string;
  /** Null until the first code proved that the app has the secret; it is asked for from then on. */
  confirmedAt: Date | null;
  /** The period of the last code that was taken: no code counts twice. */
  usedStep: number;
  /** SHA-256 of the recovery codes that are left. */
  recovery: string[];
};

export type AgentDocument = {
  _id: string;
  schemaVersion: number;
  /** Lower case. */
  email: string;
  name: string;
  role: AgentView['role'];
  /** argon2id, with its parameters. */
  passwordHash: string;
  createdAt: Date;
  /** Set while this person may not come in. */
  deactivatedAt?: Date;
  totp?: StoredTotp;
  /** Who they are at the provider of single sign-on, once they came in by it. */
  subject?: string;
  /** The saved view that their queue begins with. */
  inboxView?: string;
};

export const agentSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    deactivatedAt: { type: Date },
    totp: { type: Schema.Types.Mixed },
    subject: { type: String },
    inboxView: { type: String },
  },
  { collection: 'agents', versionKey: false, strict: 'throw' },
);
agentSchema.index({ email: 1 }, { unique: true });
agentSchema.index({ role: 1 });
agentSchema.index({ subject: 1 }, { unique: true, sparse: true });
