import { beginPrivacy, fetchPrivacy, getPrivacy, listPrivacy } from '../calls/privacy.js';
import { nothing } from '../shapes/catalogue.js';
import {
  beginPrivacyRequest,
  privacyExport,
  privacyList,
  privacyQuery,
  privacyRequest,
} from '../shapes/privacy.js';
import { type Endpoint, endpoint } from './endpoint.js';

const common = { tag: 'privacy', scope: 'privacy:manage' } as const;
const REQUESTS = '/v1/privacy/requests';

export const privacyEndpoints: readonly Endpoint[] = [
  endpoint({
    ...common,
    method: 'POST',
    path: REQUESTS,
    operationId: 'beginPrivacyRequest',
    summary: 'Begin to write out, or to erase, all that is kept of a customer',
    input: beginPrivacyRequest,
    answer: privacyRequest,
    errors: ['unknown_customer'],
    twin: 'privacy.begin',
    once: true,
    run: beginPrivacy,
  }),
  endpoint({
    ...common,
    method: 'GET',
    path: REQUESTS,
    operationId: 'getPrivacyRequests',
    summary: 'List privacy requests, the newest first',
    input: nothing,
    answer: privacyList,
    errors: [],
    twin: 'privacy.list',
    run: listPrivacy,
  }),
  endpoint({
    ...common,
    method: 'GET',
    path: `${REQUESTS}/{requestId}`,
    operationId: 'getPrivacyRequest',
    summary: 'Read how far a privacy request is',
    input: privacyQuery,
    answer: privacyRequest,
    errors: ['unknown_privacy_request'],
    twin: 'privacy.get',
    run: getPrivacy,
  }),
  endpoint({
    ...common,
    method: 'GET',
    path: `${REQUESTS}/{requestId}/export`,
    operationId: 'getPrivacyExport',
    summary: 'Fetch an export that is ready, within seven days',
    input: privacyQuery,
    answer: privacyExport,
    errors: ['unknown_privacy_request', 'export_not_ready'],
    twin: 'privacy.fetch',
    run: fetchPrivacy,
  }),
];
