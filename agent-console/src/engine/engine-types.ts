/** Every type the console takes from the engine, in one place; nothing of the engine runs here. */
import type { inboxPage, modelName, outboxPage, timelinePage } from '@segue/decision-engine';
import type { z } from 'zod';

export type {
  AgentView,
  AppRouter,
  CandidateRecord,
  ChurnView,
  ClientToServer,
  CustomerView,
  DecideAnswer,
  DecisionRecord,
  DeliveryView,
  FeedbackRequest,
  InboxItem,
  ModelView,
  OutcomeRecord,
  Permission,
  RankedAction,
  Reason,
  ServerToClient,
  SessionView,
  TimelineItem,
  VersionDetail as ModelVersionDetail,
  VersionView as ModelVersion,
} from '@segue/decision-engine';

export type ModelName = z.infer<typeof modelName>;
export type InboxPage = z.infer<typeof inboxPage>;
export type OutboxPage = z.infer<typeof outboxPage>;
export type TimelinePage = z.infer<typeof timelinePage>;
