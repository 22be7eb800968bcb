import type { z } from 'zod';
import { audited } from '../../audit/audited.js';
import { EXPORT_DAYS, readExport } from '../../privacy/export-customer.js';
import { PRIVACY_SCHEMA_VERSION, type PrivacyRequestDocument } from '../../privacy/privacy-documents.js';
import { findSubject } from '../../privacy/read-subject.js';
import { stepsOf } from '../../privacy/run-privacy.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { auditWho } from '../caller.js';
import type { BeginPrivacyRequest, PrivacyRequestView, privacyExport } from '../shapes/privacy.js';

const KEPT_IN_LIST = 200;

function viewOf({ engine }: Pick<Call, 'engine'>, request: PrivacyRequestDocument): PrivacyRequestView {
  const { kind, doneAt, state, customerIds } = request;
  const total = stepsOf(engine.store, kind);
  const fetchable = kind === 'export' && doneAt !== null && customerIds.length > 0;
  const until = fetchable ? new Date(doneAt.getTime() + EXPORT_DAYS * 86_400_000) : null;
  return {
    requestId: request._id,
    kind,
    state,
    customerId: customerIds[0] ?? null,
    displayName: request.displayName,
    requestedBy: request.requestedBy.name,
    reason: request.reason,
    createdAt: request.createdAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    progress: { done: state === 'done' ? total : Math.min(request.step, total), total },
    counts: request.counts,
    problem: request.problem,
    fetchableUntil: until !== null && until > engine.clock() ? until.toISOString() : null,
  };
}

/**
 * Begins to write out or to erase a customer; the engine does it in the background. While one of a kind is under way for
 * a customer, asking again answers with that one.
 * @throws ApiError `unknown_customer`
 */
export async function beginPrivacy(
  call: Call,
  { kind, customer, reason }: BeginPrivacyRequest,
): Promise<PrivacyRequestView> {
  const { engine, caller, note, privacyWaits } = call;
  const { store } = engine;
  note({ after: { kind, reason } });
  const subject = await findSubject(store, customer);
  if (subject === null) throw new ApiError('unknown_customer', 'No customer has this identity');
  const { customerIds, customerHash, displayName } = subject;
  note({ target: { kind: 'customer', id: customerIds[0] ?? '', name: displayName } });
  const underWay = await store.privacyRequests
    .findOne({ customerHash, kind, state: { $ne: 'done' } })
    .lean<PrivacyRequestDocument | null>();
  if (underWay !== null) return viewOf(call, underWay);
  const now = engine.clock();
  const { id, name } = auditWho(caller);
  const request: PrivacyRequestDocument = {
    _id: engine.newId('prv'),
    schemaVersion: PRIVACY_SCHEMA_VERSION,
    kind,
    state: 'waiting',
    customerIds,
    customerHash,
    displayName,
    requestedBy: { agentId: id, name },
    reason,
    createdAt: now,
    step: 0,
    counts: {},
    dueAt: now,
    claim: null,
    doneAt: null,
    problem: null,
  };
  await store.privacyRequests.create(request);
  privacyWaits();
  return viewOf(call, request);
}

/** The latest ones, the newest first. */
export async function listPrivacy(call: Pick<Call, 'engine'>): Promise<{ items: PrivacyRequestView[] }> {
  const requests = await call.engine.store.privacyRequests
    .find()
    .sort({ createdAt: -1, _id: -1 })
    .limit(KEPT_IN_LIST)
    .lean<PrivacyRequestDocument[]>();
  return { items: requests.map((request) => viewOf(call, request)) };
}

async function requestOf(
  { engine }: Pick<Call, 'engine'>,
  requestId: string,
): Promise<PrivacyRequestDocument> {
  const found = await engine.store.privacyRequests.findById(requestId).lean<PrivacyRequestDocument | null>();
  if (found === null)
    throw new ApiError('unknown_privacy_request', `There is no privacy request "${requestId}"`);
  return found;
}

type Asked = { readonly requestId: string };

/** @throws ApiError `unknown_privacy_request` */
export async function getPrivacy(
  call: Pick<Call, 'engine'>,
  { requestId }: Asked,
): Promise<PrivacyRequestView> {
  return viewOf(call, await requestOf(call, requestId));
}

/** An export that is ready. Who fetches it is in the audit log. @throws ApiError `unknown_privacy_request`, `export_not_ready` */
export async function fetchPrivacy(
  call: Pick<Call, 'engine' | 'caller'>,
  { requestId }: Asked,
): Promise<z.input<typeof privacyExport>> {
  const { engine, caller } = call;
  const request = await requestOf(call, requestId);
  const work = { who: auditWho(caller), what: 'privacy.fetch', input: { requestId } };
  return audited(engine, work, async (note) => {
    note({
      target: { kind: 'customer', id: request.customerIds[0] ?? '', name: request.displayName ?? '' },
    });
    const json = await readExport(engine.store, request);
    if (json === null)
      throw new ApiError('export_not_ready', 'This export is not ready, or can no longer be fetched');
    return { fileName: `segue-${requestId}.json`, json };
  });
}
