import type { TimelineItem } from '../api/shapes/customer.js';
import type { DecideAnswer, OutcomeRecord } from '../api/shapes/decision.js';
import type { DeliveryView } from '../api/shapes/delivery.js';
import type { AssignedView } from '../api/shapes/inbox.js';

/** What a console may ask of the live connection. */
export type ClientToServer = {
  /** Follow one customer; the acknowledgement says since when nothing will be missed. */
  'customer:follow': (customerId: string, done: (answer: { ok: boolean }) => void) => void;
  'customer:unfollow': (customerId: string) => void;
};

/** Somebody who looks at a customer's page. */
export type Viewer = { readonly agentId: string; readonly name: string };

/** Who has which customers' pages open, each person once. */
export type PresenceChange = {
  /** Nobody looks at any other customer. */
  readonly whole: boolean;
  /** None of `viewers`: nobody looks at them any more. */
  readonly customers: readonly { readonly customerId: string; readonly viewers: readonly Viewer[] }[];
};

/** What the engine pushes. Every message carries what the page needs to change by itself. */
export type ServerToClient = {
  /** Something about a followed customer changed: new items on the timeline; re-read scores and basket. */
  'customer:changed': (change: { customerId: string; items: readonly TimelineItem[] }) => void;
  /** A new decision for a followed customer (its `actions` are complete, for the agent channel). */
  'decision:made': (decision: DecideAnswer) => void;
  'outcome:recorded': (outcome: { customerId: string; decisionId: string; outcome: OutcomeRecord }) => void;
  'delivery:changed': (delivery: DeliveryView) => void;
  /** Somebody took a customer, or let them go. To every console. */
  'assignment:changed': (change: { customerId: string; assigned: AssignedView | null }) => void;
  /** To every console: the whole when it connects, then what changed, at most twice a second. */
  'presence:changed': (change: PresenceChange) => void;
  /** The list of customers who need something may have changed order or content. Sent at most once a second. */
  'inbox:changed': (change: { customerIds: readonly string[] }) => void;
};
