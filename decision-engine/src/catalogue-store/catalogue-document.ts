import { Schema } from 'mongoose';

export const CATALOGUE_REVISION_VERSION = 1;

/** Actions, policies and segments as authors wrote them: plain data, parsed when they are loaded. */
export type CatalogueContent = {
  readonly actions: unknown;
  readonly policies: unknown;
  readonly segments: unknown;
};

/** One revision of the catalogue and the policies: what decisions name as their version. Never changed. */
export type CatalogueDocument = {
  /** Counts up from 1. */
  _id: number;
  schemaVersion: number;
  actions: unknown;
  policies: unknown;
  /** Absent in revisions from before there were segments. */
  segments?: unknown;
  author: string;
  createdAt: Date;
  /** What it is for, in the author's words. */
  note?: string;
  /** The revision whose content it brings back. */
  restores?: number;
  /** "draft id/version" it was published from, so that publishing twice publishes once. */
  publishedFrom?: string;
};

export type DraftDocument = {
  _id: string;
  schemaVersion: number;
  name: string;
  /** The revision it started from; 0 = an empty catalogue. */
  basedOn: number;
  /** Counts its saves, from 1. */
  version: number;
  actions: unknown;
  policies: unknown;
  segments: unknown;
  author: string;
  createdAt: Date;
  updatedAt: Date;
};

const mixed = { type: Schema.Types.Mixed, required: true };

export const catalogueSchema: Schema = new Schema(
  {
    _id: { type: Number, required: true },
    schemaVersion: { type: Number, required: true },
    actions: mixed,
    policies: mixed,
    segments: { type: Schema.Types.Mixed },
    author: { type: String, required: true },
    createdAt: { type: Date, required: true },
    note: { type: String },
    restores: { type: Number },
    publishedFrom: { type: String },
  },
  { collection: 'catalogues', versionKey: false, minimize: false, strict: 'throw' },
);
catalogueSchema.index({ publishedFrom: 1 }, { sparse: true });

export const draftSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    name: { type: String, required: true },
    basedOn: { type: Number, required: true },
    version: { type: Number, required: true },
    actions: mixed,
    policies: mixed,
    segments: mixed,
    author: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'catalogueDrafts', versionKey: false, minimize: false, strict: 'throw' },
);
