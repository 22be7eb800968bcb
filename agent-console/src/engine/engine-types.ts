/** Every type the console takes from the engine, in one place; nothing of the engine runs here. */
import type { z } from 'zod';
import type * as customer from '../../../decision-engine/src/api/shapes/customer';
import type * as decision from '../../../decision-engine/src/api/shapes/decision';
import type * as delivery from '../../../decision-engine/src/api/shapes/delivery';
import type * as reason from '../../../decision-engine/src/api/shapes/reason';
import type * as session from '../../../decision-engine/src/api/shapes/session';

export type { ClientToServer, ServerToClient } from '../../../decision-engine/src/live/live-events';
export type { FakeRouter as AppRouter } from '../testing/fake-router';

export type AgentView = z.infer<typeof session.agentView>;
export type ChurnView = z.infer<typeof reason.churnView>;
export type Reason = z.infer<typeof reason.reason>;
export type CustomerView = z.infer<typeof customer.customerView>;
export type TimelineItem = z.infer<typeof customer.timelineItem>;
export type TimelinePage = z.infer<typeof customer.timelinePage>;
export type InboxItem = z.infer<typeof customer.inboxItem>;
export type InboxPage = z.infer<typeof customer.inboxPage>;
export type DecideAnswer = z.infer<typeof decision.decideAnswer>;
export type RankedAction = z.infer<typeof decision.rankedAction>;
export type DecisionRecord = z.infer<typeof decision.decisionRecord>;
export type CandidateRecord = z.infer<typeof decision.candidateRecord>;
export type OutcomeRecord = z.infer<typeof decision.outcomeRecord>;
export type FeedbackRequest = z.infer<typeof decision.feedbackRequest>;
export type DeliveryView = z.infer<typeof delivery.deliveryView>;
export type OutboxPage = z.infer<typeof delivery.outboxPage>;
