import { Schema } from 'mongoose';
import type { AgentView } from '../api/shapes/session.js';

export const AGENT_SCHEMA_VERSION = 1;

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
  },
  { collection: 'agents', versionKey: false, strict: 'throw' },
);
agentSchema.index({ email: 1 }, { unique: true });
