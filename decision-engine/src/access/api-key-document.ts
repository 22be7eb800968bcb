import { Schema } from 'mongoose';
import type { Permission } from './permissions.js';

export const API_KEY_SCHEMA_VERSION = 1;

/**
 * What a key may do. `events:write`: send events; `decide`: ask for decisions; `feedback`: report outcomes; `read`: read
 * and explain decisions; `placements`: ask what places of a page show a visitor, and nothing else, so that the key can stand in
 * the page. The others are named as the permission of people who may do the same.
 */
export const API_KEY_SCOPES = [
  'events:write',
  'decide',
  'feedback',
  'read',
  'placements',
  'customers:read',
  'customers:unmerge',
  'catalogue:read',
  'catalogue:write',
  'catalogue:publish',
  'journeys:read',
  'journeys:write',
  'journeys:publish',
  'segments:read',
  'segments:write',
  'experiments:read',
  'experiments:write',
  'models:read',
  'models:promote',
  'dashboards:read',
  'privacy:manage',
] as const;
/** What an app needs. Reading people's profiles and changing the catalogue has to be asked for. */
export const APP_SCOPES = [
  'events:write',
  'decide',
  'feedback',
  'read',
] as const satisfies readonly ApiKeyScope[];
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** What a person needs for what this scope lets a program do. */
export function permissionOfScope(scope: ApiKeyScope): Permission {
  switch (scope) {
    case 'decide':
    case 'feedback':
    case 'placements':
      return 'decisions:answer';
    case 'read':
      return 'decisions:read';
    default:
      return scope;
  }
}

export type ApiKeyDocument = {
  /** SHA-256 of the key. The key is 32 random bytes, so a fast hash is enough. */
  _id: string;
  schemaVersion: number;
  name: string;
  scopes: ApiKeyScope[];
  createdAt: Date;
  /** Who made it in the console; absent for those of the command line and the first start. */
  createdBy?: string;
  /** To the minute; absent while it was never used. */
  usedAt?: Date;
  /** Set once it was taken back; kept, so that it can be seen who had access. */
  revokedAt?: Date;
};

export const apiKeySchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String },
    usedAt: { type: Date },
    revokedAt: { type: Date },
  },
  { collection: 'apiKeys', versionKey: false, strict: 'throw' },
);
