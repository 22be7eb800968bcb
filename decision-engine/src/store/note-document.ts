import { Schema } from 'mongoose';

/** A fact about the installation that has to survive a restart, under its own name: which demo was seeded, say. */
export type NoteDocument = { _id: string; schemaVersion: number; at: Date; text: string };

export const noteSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    at: { type: Date, required: true },
    text: { type: String, required: true },
  },
  { collection: 'notes', versionKey: false, strict: 'throw' },
);
