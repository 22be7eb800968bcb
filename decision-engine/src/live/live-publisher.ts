import type { TimelineItem } from '../api/shapes/customer.js';
import type { DecideAnswer, OutcomeRecord } from '../api/shapes/decision.js';
import type { DeliveryView } from '../api/shapes/delivery.js';
import type { AssignedView } from '../api/shapes/inbox.js';

/** Tells open consoles what changed. Fire and forget: what isn't delivered is read again on reconnect. */
export type LivePublisher = {
  customerChanged(customerId: string, items: readonly TimelineItem[]): void;
  decisionMade(decision: DecideAnswer): void;
  outcomeRecorded(customerId: string, decisionId: string, outcome: OutcomeRecord): void;
  deliveryChanged(delivery: DeliveryView): void;
  inboxChanged(customerIds: readonly string[]): void;
  assignmentChanged(customerId: string, assigned: AssignedView | null): void;
  /** Hangs up on this agent's pages: those whose session is over stay out, the others come back with what holds now. */
  sessionsChanged(agentId: string): Promise<void>;
  /** Whether any console has this customer open now. */
  isFollowed(customerId: string): boolean;
};

/** For an engine without consoles. */
export const SILENT_PUBLISHER: LivePublisher = {
  customerChanged: () => {},
  decisionMade: () => {},
  outcomeRecorded: () => {},
  deliveryChanged: () => {},
  inboxChanged: () => {},
  assignmentChanged: () => {},
  sessionsChanged: () => Promise.resolve(),
  isFollowed: () => false,
};
