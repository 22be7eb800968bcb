import { Schema } from 'mongoose';
import type { Identity } from '../api/shapes/identity.js';

export const IDENTITY_SCHEMA_VERSION = 1;

/** Who an identity belongs to. `_id` is `kind:value`, so that one identity has one owner. */
export type IdentityDocument = {
  _id: string;
  schemaVersion: number;
  customerId: string;
  /** Whose it was before merges; absent where none has moved it. */
  origin?: string;
  /** Marks of merges that somebody took apart; see `kept-apart.ts`. */
  apart?: string[];
  kind: Identity['kind'];
  value: string;
};

export const identitySchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    apart: { type: [String], default: undefined },
    kind: { type: String, required: true },
    value: { type: String, required: true },
  },
  { collection: 'identities', versionKey: false, strict: 'throw' },
);
identitySchema.index({ customerId: 1 });
identitySchema.index({ kind: 1, value: 1 });
