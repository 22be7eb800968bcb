import { type Connection, createConnection, type Model } from 'mongoose';
import { type AgentDocument, agentSchema } from '../access/agent-document.js';
import { type ApiKeyDocument, apiKeySchema } from '../access/api-key-document.js';
import { type AttemptDocument, attemptSchema } from '../access/attempt-document.js';
import { type InvitationDocument, invitationSchema } from '../access/invitation-document.js';
import { type SessionDocument, sessionSchema } from '../access/session-document.js';
import { type IdempotencyDocument, idempotencySchema } from '../api/idempotency/idempotency-document.js';
import { type AuditDocument, auditSchema } from '../audit/audit-document.js';
import {
  type CatalogueDocument,
  catalogueSchema,
  type DraftDocument,
  draftSchema,
} from '../catalogue-store/catalogue-document.js';
import { type CustomerDocument, customerSchema } from '../customers/customer-document.js';
import { type IdentityDocument, identitySchema } from '../customers/identity-document.js';
import { type DecisionDocument, decisionSchema } from '../decisions/decision-document.js';
import { type SuppressedAddressDocument, suppressedAddressSchema } from '../emails/suppressed-addresses.js';
import { type EventDocument, eventSchema } from '../events/event-document.js';
import { type ImportDocument, importSchema } from '../import/import-document.js';
import { type AssignmentDocument, assignmentSchema } from '../inbox/assignment-document.js';
import { type InboxViewDocument, inboxViewSchema } from '../inbox/inbox-view-document.js';
import {
  type JourneyDocument,
  type JourneyTaskDocument,
  type JourneyVersionDocument,
  journeyDocumentSchema,
  journeyTaskSchema,
  journeyVersionSchema,
} from '../journeys/store/journey-documents.js';
import { type RunDocument, runSchema } from '../journeys/store/run-document.js';
import { type ConflictDocument, conflictSchema } from '../merges/conflict-document.js';
import { type MergeDocument, mergeSchema } from '../merges/merge-document.js';
import { type OfferCodeDocument, offerCodeSchema } from '../offers/offer-document.js';
import {
  type ErasureDocument,
  erasureSchema,
  type PrivacyExportDocument,
  type PrivacyRequestDocument,
  privacyExportSchema,
  privacyRequestSchema,
} from '../privacy/privacy-documents.js';
import { type SegmentCountDocument, segmentCountSchema } from '../segments/segment-count-document.js';
import { type UsageDocument, usageSchema } from '../usage/usage-document.js';
import { type NoteDocument, noteSchema } from './note-document.js';

/** Everything Segue stores, each collection behind its mongoose model. */
export type Store = {
  readonly connection: Connection;
  readonly customers: Model<CustomerDocument>;
  readonly identities: Model<IdentityDocument>;
  readonly events: Model<EventDocument>;
  readonly decisions: Model<DecisionDocument>;
  readonly agents: Model<AgentDocument>;
  readonly sessions: Model<SessionDocument>;
  readonly apiKeys: Model<ApiKeyDocument>;
  readonly invitations: Model<InvitationDocument>;
  readonly attempts: Model<AttemptDocument>;
  readonly audit: Model<AuditDocument>;
  readonly catalogues: Model<CatalogueDocument>;
  readonly drafts: Model<DraftDocument>;
  readonly imports: Model<ImportDocument>;
  readonly idempotencyKeys: Model<IdempotencyDocument>;
  readonly offerCodes: Model<OfferCodeDocument>;
  readonly suppressedAddresses: Model<SuppressedAddressDocument>;
  readonly usage: Model<UsageDocument>;
  readonly journeys: Model<JourneyDocument>;
  readonly journeyVersions: Model<JourneyVersionDocument>;
  readonly journeyRuns: Model<RunDocument>;
  readonly journeyTasks: Model<JourneyTaskDocument>;
  readonly privacyRequests: Model<PrivacyRequestDocument>;
  readonly privacyExports: Model<PrivacyExportDocument>;
  readonly erasures: Model<ErasureDocument>;
  readonly segmentCounts: Model<SegmentCountDocument>;
  readonly merges: Model<MergeDocument>;
  readonly identityConflicts: Model<ConflictDocument>;
  readonly assignments: Model<AssignmentDocument>;
  readonly inboxViews: Model<InboxViewDocument>;
  readonly notes: Model<NoteDocument>;
};

/** Connects to the database and makes the indexes. @throws when no server answers within ten seconds. */
export async function openStore(uri: string): Promise<Store> {
  const connection = await createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 32,
  }).asPromise();
  const store: Store = {
    connection,
    customers: connection.model<CustomerDocument>('Customer', customerSchema),
    identities: connection.model<IdentityDocument>('Identity', identitySchema),
    events: connection.model<EventDocument>('Event', eventSchema),
    decisions: connection.model<DecisionDocument>('Decision', decisionSchema),
    agents: connection.model<AgentDocument>('Agent', agentSchema),
    sessions: connection.model<SessionDocument>('Session', sessionSchema),
    invitations: connection.model<InvitationDocument>('Invitation', invitationSchema),
    attempts: connection.model<AttemptDocument>('SignInAttempt', attemptSchema),
    audit: connection.model<AuditDocument>('Audit', auditSchema),
    apiKeys: connection.model<ApiKeyDocument>('ApiKey', apiKeySchema),
    catalogues: connection.model<CatalogueDocument>('Catalogue', catalogueSchema),
    drafts: connection.model<DraftDocument>('CatalogueDraft', draftSchema),
    imports: connection.model<ImportDocument>('Import', importSchema),
    idempotencyKeys: connection.model<IdempotencyDocument>('IdempotencyKey', idempotencySchema),
    suppressedAddresses: connection.model<SuppressedAddressDocument>(
      'SuppressedAddress',
      suppressedAddressSchema,
    ),
    offerCodes: connection.model<OfferCodeDocument>('OfferCode', offerCodeSchema),
    usage: connection.model<UsageDocument>('Usage', usageSchema),
    journeys: connection.model<JourneyDocument>('Journey', journeyDocumentSchema),
    journeyVersions: connection.model<JourneyVersionDocument>('JourneyVersion', journeyVersionSchema),
    journeyRuns: connection.model<RunDocument>('JourneyRun', runSchema),
    journeyTasks: connection.model<JourneyTaskDocument>('JourneyTask', journeyTaskSchema),
    privacyRequests: connection.model<PrivacyRequestDocument>('PrivacyRequest', privacyRequestSchema),
    privacyExports: connection.model<PrivacyExportDocument>('PrivacyExport', privacyExportSchema),
    erasures: connection.model<ErasureDocument>('Erasure', erasureSchema),
    segmentCounts: connection.model<SegmentCountDocument>('SegmentCount', segmentCountSchema),
    merges: connection.model<MergeDocument>('Merge', mergeSchema),
    identityConflicts: connection.model<ConflictDocument>('IdentityConflict', conflictSchema),
    assignments: connection.model<AssignmentDocument>('Assignment', assignmentSchema),
    inboxViews: connection.model<InboxViewDocument>('InboxView', inboxViewSchema),
    notes: connection.model<NoteDocument>('Note', noteSchema),
  };
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return store;
}
