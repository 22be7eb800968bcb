import { Schema } from 'mongoose';

export const AUDIT_SCHEMA_VERSION = 1;

/** Who did something: a person, a program with a key, or a command on the machine. */
export type AuditWho = {
  readonly kind: 'agent' | 'app' | 'command';
  readonly id: string;
  readonly name: string;
};

/** What it was done to. */
export type AuditTarget = { readonly kind: string; readonly id: string; readonly name: string };

/**
 * One change somebody made. It is written as `begun` before the work, so that a crash in the middle leaves its trace, and
 * as `done` or `failed` after it.
 */
export type AuditDocument = {
  _id: string;
  schemaVersion: number;
  at: Date;
  who: AuditWho;
  /** The call, as tRPC names it: `people.setRole`. */
  what: string;
  target: AuditTarget | null;
  /** Plain data without secrets; null where nothing is known. */
  before: unknown;
  after: unknown;
  outcome: 'begun' | 'done' | 'failed';
  /** Why it failed; null otherwise. */
  problem: string | null;
};

const mixed = { type: Schema.Types.Mixed, default: null };

export const auditSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    at: { type: Date, required: true },
    who: { type: Schema.Types.Mixed, required: true },
    what: { type: String, required: true },
    target: mixed,
    before: mixed,
    after: mixed,
    outcome: { type: String, required: true },
    problem: { type: String, default: null },
  },
  { collection: 'audit', versionKey: false, minimize: false, strict: 'throw' },
);
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ 'who.id': 1, at: -1 });
auditSchema.index({ 'target.id': 1 });
