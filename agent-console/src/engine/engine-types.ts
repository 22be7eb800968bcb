/** Every type the console takes from the engine, in one place; nothing of the engine runs here. */
import type {
  catalogueChanges,
  draftCheck,
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
  AssignedView,
  AssignmentAnswer,
  AssignRequest,
  AuditEntryView,
  CandidateRecord,
  CatalogueRevisionView as CatalogueRevision,
  ChannelView,
  ChurnView,
  ClientToServer,
  ConditionFieldsView,
  ConflictView,
  CustomerView,
  DecideAnswer,
  DecisionRecord,
  DeliveryView,
  DraftView as CatalogueDraft,
  DryRunAnswer,
  ExperimentsView as Experiments,
  FeedbackRequest,
  InboxChoices,
  InboxFilter,
  InboxItem,
  InboxViews,
  InboxViewView,
  InvitationView,
  JourneyDetailView,
  JourneySummaryView,
  MeasureReportView as MeasureReport,
  MergeView,
  ModelView,
  OutcomeRecord,
  OwnSessionView,
  Permission,
  PersonView,
  PresenceChange,
  PrivacyRequestView,
  ProfileView,
  RankedAction,
  Reason,
  ReplayView,
  RevisionSummaryView as RevisionSummary,
  Role,
  RunDetailView,
  RunSummaryView,
  SegmentDetailView,
  SegmentPreviewAnswer,
  SegmentSummaryView,
  ServerToClient,
  SessionView,
  SimulationView as SimulationAnswer,
  TimelineItem,
  VersionDetail as ModelVersionDetail,
  VersionView as ModelVersion,
  Viewer,
} from '@segue/decision-engine';

export type ModelName = z.infer<typeof modelName>;
export type CatalogueChanges = z.infer<typeof catalogueChanges>;
export type DraftCheck = z.infer<typeof draftCheck>;
export type InboxPage = z.infer<typeof inboxPage>;
export type OutboxPage = z.infer<typeof outboxPage>;
export type TimelinePage = z.infer<typeof timelinePage>;
export type JourneyCheck = z.infer<typeof journeyCheck>;
export type PlaybookView = z.infer<typeof playbookList>['items'][number];
