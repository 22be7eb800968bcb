import {
  getSegment,
  getSegmentMembers,
  getSegments,
  previewCondition,
  putSegment,
} from '../calls/segments.js';
import { nothing } from '../shapes/catalogue.js';
import {
  savedSegment,
  saveSegmentRequest,
  segmentList,
  segmentMembers,
  segmentMembersQuery,
  segmentPreview,
  segmentPreviewRequest,
  segmentQuery,
  segmentView,
} from '../shapes/segment.js';
import { type Endpoint, endpoint } from './endpoint.js';

const reading = { method: 'GET', tag: 'segments', scope: 'segments:read' } as const;
const SEGMENT = '/v1/segments/{segmentId}';

export const segmentEndpoints: readonly Endpoint[] = [
  endpoint({
    ...reading,
    path: '/v1/segments',
    operationId: 'getSegments',
    summary: 'List segments with their size and trend',
    input: nothing,
    answer: segmentList,
    errors: [],
    twin: 'segment.list',
    run: getSegments,
  }),
  endpoint({
    ...reading,
    path: SEGMENT,
    operationId: 'getSegment',
    summary: 'Read a segment, with whom it shares',
    input: segmentQuery,
    answer: segmentView,
    errors: ['unknown_segment'],
    twin: 'segment.get',
    run: getSegment,
  }),
  endpoint({
    ...reading,
    path: `${SEGMENT}/members`,
    operationId: 'getSegmentMembers',
    summary: 'List the customers in a segment',
    input: segmentMembersQuery,
    answer: segmentMembers,
    errors: ['unknown_segment', 'invalid_cursor'],
    twin: 'segment.members',
    run: getSegmentMembers,
  }),
  endpoint({
    ...reading,
    method: 'POST',
    path: '/v1/segment-previews',
    operationId: 'previewSegment',
    summary: 'Say how many customers a condition fits; nothing is kept',
    input: segmentPreviewRequest,
    answer: segmentPreview,
    errors: [],
    twin: 'segment.preview',
    run: previewCondition,
  }),
  endpoint({
    method: 'PUT',
    tag: 'segments',
    scope: 'segments:write',
    once: true,
    path: SEGMENT,
    operationId: 'saveSegment',
    summary: 'Put a segment, new or changed, in force, as a new revision of the catalogue',
    input: saveSegmentRequest,
    answer: savedSegment,
    errors: ['catalogue_invalid', 'catalogue_outdated'],
    twin: 'segment.save',
    run: putSegment,
  }),
];
