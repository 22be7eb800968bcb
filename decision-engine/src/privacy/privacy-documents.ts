import { Schema } from 'mongoose';
import type { ActionClass } from '../catalogue/action.js';

export const PRIVACY_SCHEMA_VERSION = 1;

export type PrivacyKind = 'export' | 'erase';
/** `settling`: everything is gone, and what was under way meanwhile is looked for once more. */
export type PrivacyState = 'waiting' | 'running' | 'settling' | 'done';

/** What somebody asked to be done with one customer's data. The work goes on after a crash where it stood. */
export type PrivacyRequestDocument = {
  _id: string;
  schemaVersion: number;
  kind: PrivacyKind;
  state: PrivacyState;
  /** The customer and everybody merged into them; empty once they are erased. */
  customerIds: string[];
  /** Of their ids: what may stay after they are gone. */
  customerHash: string;
  /** As they were called when it was asked; null once they are erased. */
  displayName: string | null;
  requestedBy: { agentId: string; name: string };
  reason: string;
  createdAt: Date;
  /** The step that comes next, by its number. */
  step: number;
  /** What was done, by collection: documents written out, or erased. */
  counts: Record<string, number>;
  /** When somebody goes on with it; a worker that takes it moves this ahead, which is its lease. Null when it is done. */
  dueAt: Date | null;
  /** Whose lease it is. */
  claim: string | null;
  doneAt: Date | null;
  /** What went wrong last; it is tried again. */
  problem: string | null;
};

/** Part of an export. The store forgets it after a while. */
export type PrivacyExportDocument = {
  /** `<request>:<collection>:<number>`. */
  _id: string;
  schemaVersion: number;
  requestId: string;
  customerHash: string;
  collectionName: string;
  part: number;
  /** Documents as JSON, without the brackets around them. */
  json: string;
  expiresAt: Date;
};

/** What has to be remembered of somebody who was erased, under a hash of one of their identities. */
export type ErasureDocument = {
  _id: string;
  schemaVersion: number;
  at: Date;
  /** What they are not to be contacted with, should they come back. Without the reasons: those are their words. */
  suppressions: {
    kind: 'legal' | 'pause';
    channel: string | null;
    classes: readonly ActionClass[] | null;
    groups: readonly string[] | null;
    actions: readonly string[] | null;
    until: Date | null;
  }[];
  /** What they had refused. */
  denied: { channel: string; purpose: string }[];
};

const mixed = { type: Schema.Types.Mixed };
const options = { versionKey: false, minimize: false, strict: 'throw' } as const;

export const privacyRequestSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    customerIds: { type: [String], default: [] },
    customerHash: { type: String, required: true },
    displayName: { type: String, default: null },
    requestedBy: { ...mixed, required: true },
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    step: { type: Number, required: true },
    counts: { ...mixed, default: {} },
    dueAt: { type: Date, default: null },
    claim: { type: String, default: null },
    doneAt: { type: Date, default: null },
    problem: { type: String, default: null },
  },
  { ...options, collection: 'privacyRequests' },
);
privacyRequestSchema.index({ dueAt: 1 });
privacyRequestSchema.index({ createdAt: -1, _id: -1 });

export const privacyExportSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    requestId: { type: String, required: true },
    customerHash: { type: String, required: true },
    collectionName: { type: String, required: true },
    part: { type: Number, required: true },
    json: { type: String, default: '' },
    expiresAt: { type: Date, required: true },
  },
  { ...options, collection: 'privacyExports' },
);
privacyExportSchema.index({ requestId: 1, collectionName: 1, part: 1 });
privacyExportSchema.index({ customerHash: 1 });
privacyExportSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const erasureSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    at: { type: Date, required: true },
    suppressions: { ...mixed, default: [] },
    denied: { ...mixed, default: [] },
  },
  { ...options, collection: 'erasures' },
);
