import { Schema } from 'mongoose';

export const JOURNEY_DOCUMENT_VERSION = 1;

/** How far a journey that looks at all customers has come. */
export type ScanProgress = {
  /** The moment it looks as of; entries are keyed by it. */
  firing: Date;
  /** The last customer it looked at; '' = none yet. */
  after: string;
  /** Somebody is at it until then. */
  leasedUntil: Date;
};

/** A journey as a whole: which version is in force. */
export type JourneyDocument = {
  /** The journey's id. */
  _id: string;
  schemaVersion: number;
  name: string;
  version: number;
  /** `paused`: nobody enters, runs go on. `stopped`: nobody enters and runs stand still. */
  state: 'on' | 'paused' | 'stopped';
  updatedAt: Date;
  /** When it last began to look at all customers. */
  scannedAt: Date | null;
  scan: ScanProgress | null;
  /** Customers who were not let in, by reason: "at once", "too late" … */
  refused: Record<string, number>;
};

/** One version of a journey: never changed once it is published. */
export type JourneyVersionDocument = {
  /** "welcome@3" */
  _id: string;
  schemaVersion: number;
  journeyId: string;
  version: number;
  definition: unknown;
  author: string;
  createdAt: Date;
  note: string;
  /** The text it was written as, where it came as one. */
  source?: string;
};

/** Something an agent is asked to do by a journey. Its id is the effect's key, so it is asked once. */
export type JourneyTaskDocument = {
  _id: string;
  schemaVersion: number;
  customerId: string;
  /** The customer it was begun for; absent where no merge has moved it. */
  origin?: string;
  journeyId: string;
  runId: string;
  title: string;
  note: string;
  /** The decision it is about, where the engine chose what to do. */
  decisionId: string | null;
  state: 'open' | 'done';
  createdAt: Date;
  dueAt: Date;
  doneAt: Date | null;
  doneBy: string | null;
  /** What rooms of the staff were told of it; absent where there are none. */
  notices?: TaskNotice[];
};

/** A word to a room of the staff about a task. */
export type TaskNotice = {
  channel: string;
  state: 'pending' | 'sent' | 'failed';
  detail: string;
  attempts: number;
  /** When it is tried next. */
  dueAt: Date;
};

const mixed = { type: Schema.Types.Mixed };
const options = { versionKey: false, minimize: false, strict: 'throw' } as const;

export const journeyDocumentSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    name: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    updatedAt: { type: Date, required: true },
    scannedAt: { type: Date, default: null },
    scan: { ...mixed, default: null },
    refused: { ...mixed, default: {} },
  },
  { ...options, collection: 'journeys' },
);

export const journeyVersionSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    journeyId: { type: String, required: true },
    version: { type: Number, required: true },
    definition: { ...mixed, required: true },
    author: { type: String, required: true },
    createdAt: { type: Date, required: true },
    note: { type: String, default: '' },
    source: { type: String },
  },
  { ...options, collection: 'journeyVersions' },
);
journeyVersionSchema.index({ journeyId: 1, version: -1 });

export const journeyTaskSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    journeyId: { type: String, required: true },
    runId: { type: String, required: true },
    title: { type: String, required: true },
    note: { type: String, default: '' },
    decisionId: { type: String, default: null },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    doneAt: { type: Date, default: null },
    doneBy: { type: String, default: null },
    notices: mixed,
  },
  { ...options, collection: 'journeyTasks' },
);
journeyTaskSchema.index({ state: 1, dueAt: 1 });
journeyTaskSchema.index({ customerId: 1, state: 1 });
journeyTaskSchema.index({ 'notices.state': 1, 'notices.dueAt': 1 }, { sparse: true });
