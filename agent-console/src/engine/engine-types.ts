/** Every type the console takes from the engine, in one place; nothing of the engine runs here. */
import type {
  inboxPage,
  journeyCheck,
  modelName,
  outboxPage,
  playbookList,
  timelinePage,
} from '@segue/decision-engine';
import type { z } from 'zod';

export type {
  AgentView,
  ApiKeyScope,
  ApiKeyView,
  AppRouter,
  AuditEntryView,
  CandidateRecord,
  ChurnView,
  ClientToServer,
  CustomerView,
  DecideAnswer,
  DecisionRecord,
  DeliveryView,
  DryRunAnswer,
  FeedbackRequest,
  InboxItem,
  InvitationView,
  JourneyDetailView,
  JourneySummaryView,
  ModelView,
  OutcomeRecord,
  OwnSessionView,
  Permission,
  PersonView,
  PrivacyRequestView,
  ProfileView,
  RankedAction,
  Reason,
  ReplayView,
  Role,
  RunDetailView,
  RunSummaryView,
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
export type JourneyCheck = z.infer<typeof journeyCheck>;
export type PlaybookView = z.infer<typeof playbookList>['items'][number];
