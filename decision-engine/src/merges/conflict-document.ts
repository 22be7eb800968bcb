import { Schema } from 'mongoose';
import type { Identity } from '../api/shapes/identity.js';

export const CONFLICT_SCHEMA_VERSION = 1;

/** Why an identity stays with its owner though an event named it beside one of somebody else. */
export type ConflictReason =
  /** Both are known under user ids, and those differ: a shared computer, a mistyped address. */
  | 'other-user-id'
  /** Somebody took them apart. */
  | 'taken-apart';

/** An event named identities of two customers who were not made one. The first event that did so is kept. */
export type ConflictDocument = {
  /** Made from both customers and the identity. */
  readonly _id: string;
  readonly schemaVersion: number;
  /** Whose event it was. */
  readonly customerId: string;
  /** Who has the identity. */
  readonly otherId: string;
  readonly identity: Identity;
  readonly reason: ConflictReason;
  readonly messageId: string;
  readonly at: Date;
};

export const conflictSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    otherId: { type: String, required: true },
    identity: { type: Schema.Types.Mixed, required: true },
    reason: { type: String, required: true },
    messageId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'identityConflicts', versionKey: false, minimize: false, strict: 'throw' },
);
conflictSchema.index({ at: -1, _id: -1 });
conflictSchema.index({ customerId: 1 });
conflictSchema.index({ otherId: 1 });
