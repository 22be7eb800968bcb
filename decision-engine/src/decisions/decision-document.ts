import { Schema } from 'mongoose';
import type { OutcomeRecord, RankedAction } from '../api/shapes/decision.js';
import type { ChurnView } from '../api/shapes/reason.js';
import type { PackedCandidates } from '../decide/pack-candidates.js';
import type { DeliveryState } from '../deliveries/delivery-state.js';
import type { ExperimentAssignment } from '../experiments/assign-experiments.js';
import type { DecisionLearning, ShadowScores } from '../learning/decision-learning.js';
import type { Claim } from '../usage/claim.js';

export const DECISION_SCHEMA_VERSION = 1;

export type StoredOutcome = Omit<OutcomeRecord, 'at' | 'until'> & { at: Date; until: Date | null };

/** One message of a decision. It lives inside the decision, so that both are written at once. */
export type StoredDelivery = {
  deliveryId: string;
  actionId: string;
  channel: string;
  to: string;
  subject: string;
  text: string;
  /** The words it was made from; absent in older records, where the channel tells. */
  treatmentId?: string;
  /** What else the treatment says, filled in: a link, a template's name and what its places hold. Absent where nothing. */
  attributes?: Record<string, string | number | boolean>;
  /** Facts it was decided with, for the check before sending; the decision's own where absent. */
  facts?: Record<string, string | number | boolean | null>;
  state: DeliveryState;
  detail: string;
  /** What the provider calls it, from when it took it over; its receipts name it. */
  providerMessageId?: string;
  attempts: number;
  /**
   * How often it was handed to a channel that knows no repeats without an answer being known: so many times more than we
   * know of it may have gone. Absent where none.
   */
  unanswered?: number;
  /** When it is tried next; a worker that takes it moves this ahead, which is its lease. */
  dueAt: Date;
  createdAt: Date;
  updatedAt: Date;
};

export type StoredHeld = { actionId: string; treatmentId: string; channel: string; until: Date | null };

export type DecisionDocument = {
  _id: string;
  schemaVersion: number;
  customerId: string;
  /** The customer it was made for; absent where no merge has moved it. */
  origin?: string;
  channel: string;
  placement: string | null;
  /** How many actions were asked for; absent in older records. */
  slots?: number;
  context: Record<string, string | number | boolean | null>;
  decidedAt: Date;
  requestedBy: string;
  /** Hash of what was asked and what was known, so that the same draw can be made again. */
  seed: string;
  actions: RankedAction[];
  none: string | null;
  churn: ChurnView | null;
  /** Every candidate with every rule, as the engine ran them. */
  candidates: PackedCandidates;
  versions: { policies: string; catalogue: string; models: Record<string, string> };
  exploration: string;
  /** The variants the customer was in, and whether they are held out of everything; absent in older records. */
  experiments?: ExperimentAssignment[];
  globalHoldOut?: boolean;
  /** What the customer seemed to want. */
  intents?: string[];
  /** Best first: what contact rules allow later, and when (null = not known). */
  held?: StoredHeld[];
  /** What it holds of total caps and budgets; absent where it holds nothing. */
  claims?: Claim[];
  /** The sweep that let go of what it held; absent where none did. */
  claimsSettledBy?: string;
  /** Open claims fall through then. */
  claimsDueAt?: Date;
  /** What was shown and had no answer is `ignored` from then on. */
  ignoredDueAt?: Date;
  /** The decision whose contact it continues: the same card, looked at again within the hour. */
  continues?: string;
  /** A later decision that took its place on the same screen. */
  supersededBy?: string;
  /** What learning from its outcomes needs; absent where no model scored it. */
  learning?: DecisionLearning;
  /** What challengers would have said; never used. */
  shadow?: ShadowScores;
  outcomes: StoredOutcome[];
  deliveries: StoredDelivery[];
  /** Present once there is a message; the outbox is read by it. */
  lastDeliveryAt?: Date;
};

const mixed = { type: Schema.Types.Mixed };

export const decisionSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    customerId: { type: String, required: true },
    origin: { type: String },
    channel: { type: String, required: true },
    placement: { type: String, default: null },
    slots: { type: Number },
    context: { ...mixed, default: {} },
    decidedAt: { type: Date, required: true },
    requestedBy: { type: String, required: true },
    seed: { type: String, required: true },
    actions: { ...mixed, default: [] },
    none: { type: String, default: null },
    churn: { ...mixed, default: null },
    candidates: { ...mixed, required: true },
    versions: mixed,
    exploration: { type: String, default: '' },
    experiments: mixed,
    globalHoldOut: { type: Boolean },
    intents: mixed,
    held: mixed,
    claims: mixed,
    claimsDueAt: { type: Date },
    claimsSettledBy: { type: String },
    ignoredDueAt: { type: Date },
    continues: { type: String },
    supersededBy: { type: String },
    learning: mixed,
    shadow: mixed,
    outcomes: { ...mixed, default: [] },
    deliveries: { ...mixed, default: [] },
    lastDeliveryAt: { type: Date },
  },
  { collection: 'decisions', versionKey: false, minimize: false, strict: 'throw' },
);
decisionSchema.index({ customerId: 1, decidedAt: -1 });
// The log of decisions, and the newest of them.
decisionSchema.index({ decidedAt: -1, _id: -1 });
decisionSchema.index({ 'deliveries.state': 1, 'deliveries.dueAt': 1 });
decisionSchema.index({ 'deliveries.providerMessageId': 1 }, { sparse: true });
decisionSchema.index({ 'deliveries.unanswered': 1 }, { sparse: true });
decisionSchema.index({ lastDeliveryAt: -1 }, { sparse: true });
decisionSchema.index({ claimsDueAt: 1 }, { sparse: true });
decisionSchema.index({ ignoredDueAt: 1 }, { sparse: true });
decisionSchema.index({ 'learning.settlesAt': 1 }, { sparse: true });
