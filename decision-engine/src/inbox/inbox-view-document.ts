import { Schema } from 'mongoose';
import type { InboxFilter } from '../api/shapes/inbox.js';

export const INBOX_VIEW_SCHEMA_VERSION = 1;

/** Whose a view is that everybody sees. */
export const TEAM = 'team';

/** A filter of the inbox under a name. */
export type InboxViewDocument = {
  /** Made by who saves it, so that saving twice saves once. */
  _id: string;
  schemaVersion: number;
  /** An agent's id, or `team`. */
  owner: string;
  name: string;
  filter: InboxFilter;
  createdAt: Date;
  updatedAt: Date;
};

export const inboxViewSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    owner: { type: String, required: true },
    name: { type: String, required: true },
    filter: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'inboxViews', versionKey: false, minimize: false, strict: 'throw' },
);
inboxViewSchema.index({ owner: 1, createdAt: 1 });
