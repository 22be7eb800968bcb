import type { TimelineItem } from '../api/shapes/customer.js';
import type { DecideAnswer, OutcomeRecord } from '../api/shapes/decision.js';
import type { DeliveryView } from '../api/shapes/delivery.js';

/** What a console may ask of the live connection. */
export type ClientToServer = {
  /** Follow one customer; the acknowledgement says since when nothing will be missed. */
  'customer:follow': (customerId: string, done: (answer: { ok: boolean }) => void) => void;
  'customer:unfollow': (customerId: string) => void;
};

/** What the engine pushes. Every message carries what the page needs to change by itself. */
export type ServerToClient = {
  /** Something about a followed customer changed: new items on the timeline; re-read scores and basket. */
  'customer:changed': (change: { customerId: string; items: readonly TimelineItem[] }) => void;
  /** A new decision for a followed customer (its `actions` are complete, for the agent channel). */
  'decision:made': (decision: DecideAnswer) => void;
  'outcome:recorded': (outcome: { customerId: string; decisionId: string; outcome: OutcomeRecord }) => void;
  'delivery:changed': (delivery: DeliveryView) => void;
  /** The list of customers who need something may have changed order or content. Sent at most once a second. */
  'inbox:changed': (change: { customerIds: readonly string[] }) => void;
};
