import { Schema } from 'mongoose';

/** How far an import has come. `_id` names file, format and mapping, so that a changed file is another import. */
export type ImportDocument = {
  _id: string;
  schemaVersion: number;
  /** What the import command keeps between runs; plain data. */
  checkpoint: unknown;
  updatedAt: Date;
};

export const IMPORT_SCHEMA_VERSION = 1;

export const importSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    checkpoint: { type: Schema.Types.Mixed },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'imports', versionKey: false, minimize: false, strict: 'throw' },
);
