import { Schema } from 'mongoose';
import type { Role } from './permissions.js';

export const INVITATION_SCHEMA_VERSION = 1;

/** A place that waits for somebody. It is used once, or runs out. */
export type InvitationDocument = {
  /** SHA-256 of the token in the link. */
  _id: string;
  schemaVersion: number;
  email: string;
  name: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  /** The store forgets it then. */
  expiresAt: Date;
};

export const invitationSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    invitedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'invitations', versionKey: false, strict: 'throw' },
);
invitationSchema.index({ email: 1 });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
