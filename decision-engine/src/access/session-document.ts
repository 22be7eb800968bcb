import { Schema } from 'mongoose';

export const SESSION_SCHEMA_VERSION = 1;

export type SessionDocument = {
  /** SHA-256 of the token in the cookie: who reads the database can't sign in with it. */
  _id: string;
  schemaVersion: number;
  agentId: string;
  createdAt: Date;
  expiresAt: Date;
  /** `plugin`: of a help desk's sidebar, which sends its token itself; absent = the console's cookie. */
  kind?: 'plugin';
  /** The console's session a plugin's was opened from: it ends with it. */
  parent?: string;
  /** It began with single sign-on: signing out goes on to the provider. */
  signedOn?: boolean;
  /** What the browser said it is; absent where nobody asked. */
  userAgent?: string;
  /** Where the sign-in came from. */
  address?: string;
  /** When it was last used, to the minute. */
  seenAt?: Date;
};

export const sessionSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    agentId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    kind: { type: String },
    parent: { type: String },
    signedOn: { type: Boolean },
    userAgent: { type: String },
    address: { type: String },
    seenAt: { type: Date },
  },
  { collection: 'sessions', versionKey: false, strict: 'throw' },
);
sessionSchema.index({ agentId: 1 });
sessionSchema.index({ parent: 1 }, { sparse: true });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
