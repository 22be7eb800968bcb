import { Schema } from 'mongoose';

export const API_KEY_SCHEMA_VERSION = 1;

/**
 * What a key may do. `events:write`: send events; `decide`: ask for decisions; `feedback`: report outcomes; `read`: read
 * and explain decisions; `customers:read`: read and find customers; `catalogue:read` and `catalogue:write`: see and change
 * actions and policies.
 */
export const API_KEY_SCOPES = [
  'events:write',
  'decide',
  'feedback',
  'read',
  'customers:read',
  'catalogue:read',
  'catalogue:write',
] as const;
/** What an app needs. Reading people's profiles and changing the catalogue has to be asked for. */
export const APP_SCOPES = [
  'events:write',
  'decide',
  'feedback',
  'read',
] as const satisfies readonly ApiKeyScope[];
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

export type ApiKeyDocument = {
  /** SHA-256 of the key. The key is 32 random bytes, so a fast hash is enough. */
  _id: string;
  schemaVersion: number;
  name: string;
  scopes: ApiKeyScope[];
  createdAt: Date;
};

export const apiKeySchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'apiKeys', versionKey: false, strict: 'throw' },
);
