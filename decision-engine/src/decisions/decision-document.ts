import { Schema } from 'mongoose';
import type { OutcomeRecord, RankedAction } from '../api/shapes/decision.js';
import type { ChurnView } from '../api/shapes/reason.js';
import type { PackedCandidates } from '../decide/pack-candidates.js';
import type { DeliveryState } from '../deliveries/delivery-state.js';

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
  state: DeliveryState;
  detail: string;
  attempts: number;
  /** When it is tried next; a worker that takes it moves this ahead, which is its lease. */
  dueAt: Date;
  createdAt: Date;
  updatedAt: Date;
};

export type DecisionDocument = {
  _id: string;
  schemaVersion: number;
  customerId: string;
  channel: string;
  placement: string | null;
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
    channel: { type: String, required: true },
    placement: { type: String, default: null },
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
    outcomes: { ...mixed, default: [] },
    deliveries: { ...mixed, default: [] },
    lastDeliveryAt: { type: Date },
  },
  { collection: 'decisions', versionKey: false, minimize: false, strict: 'throw' },
);
decisionSchema.index({ customerId: 1, decidedAt: -1 });
decisionSchema.index({ 'deliveries.state': 1, 'deliveries.dueAt': 1 });
decisionSchema.index({ lastDeliveryAt: -1 }, { sparse: true });
