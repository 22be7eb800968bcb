import { customerMergesOf, listConflicts, undoOneMerge } from '../calls/merges.js';
import { customerQuery } from '../shapes/customer.js';
import { conflictList, conflictQuery, customerMerges, mergeView, undoMergeRequest } from '../shapes/merge.js';
import { type Endpoint, endpoint } from './endpoint.js';

const reading = { method: 'GET', tag: 'customers', scope: 'customers:read', errors: [] } as const;

export const mergeEndpoints: readonly Endpoint[] = [
  endpoint({
    ...reading,
    path: '/v1/customers/{customerId}/merges',
    operationId: 'getMerges',
    summary: 'Read who became part of a customer, and which identities are in dispute',
    input: customerQuery,
    answer: customerMerges,
    twin: 'customer.merges',
    run: customerMergesOf,
  }),
  endpoint({
    ...reading,
    path: '/v1/identity-conflicts',
    operationId: 'getIdentityConflicts',
    summary: 'List customers that events would make one and that stay two, the latest first',
    input: conflictQuery,
    answer: conflictList,
    twin: 'customer.conflicts',
    run: listConflicts,
  }),
  endpoint({
    method: 'POST',
    tag: 'customers',
    scope: 'customers:unmerge',
    path: '/v1/merges/{mergeId}/undo',
    operationId: 'undoMerge',
    summary: 'Take a merge apart: both are customers of their own again, and stay so',
    input: undoMergeRequest,
    answer: mergeView,
    errors: ['unknown_merge', 'merge_not_undoable'],
    twin: 'customer.unmerge',
    run: undoOneMerge,
  }),
];
