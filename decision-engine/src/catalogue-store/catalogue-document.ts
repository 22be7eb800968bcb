import { Schema } from 'mongoose';

export const CATALOGUE_REVISION_VERSION = 1;

/** One revision of the catalogue and the policies: what decisions name as their version. */
export type CatalogueDocument = {
  /** Counts up from 1. */
  _id: number;
  schemaVersion: number;
  /** As authors wrote them; parsed again when loaded. */
  actions: unknown;
  policies: unknown;
  author: string;
  createdAt: Date;
};

export const catalogueSchema: Schema = new Schema(
  {
    _id: { type: Number, required: true },
    schemaVersion: { type: Number, required: true },
    actions: { type: Schema.Types.Mixed, required: true },
    policies: { type: Schema.Types.Mixed, required: true },
    author: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'catalogues', versionKey: false, minimize: false, strict: 'throw' },
);
