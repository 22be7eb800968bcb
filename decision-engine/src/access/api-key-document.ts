import { Schema } from 'mongoose';

export const API_KEY_SCHEMA_VERSION = 1;

/** What a key may do. `events:write`: send events; `decide`: ask for decisions; `feedback`: report outcomes; `read`: read records. */
export const API_KEY_SCOPES = ['events:write', 'decide', 'feedback', 'read'] as const;
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
