import { Schema } from 'mongoose';

export const ASSIGNMENT_SCHEMA_VERSION = 1;

/** Who looks after a customer now, so that two don't do the same. One for each customer. */
export type AssignmentDocument = {
  /** The customer's id. */
  _id: string;
  schemaVersion: number;
  agentId: string;
  at: Date;
};

export const assignmentSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    agentId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'assignments', versionKey: false, strict: 'throw' },
);
assignmentSchema.index({ agentId: 1 });
assignmentSchema.index({ at: 1 });
