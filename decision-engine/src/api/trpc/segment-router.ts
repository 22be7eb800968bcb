import {
  changeSegmentMembers,
  getConditionFields,
  getSegment,
  getSegmentMembers,
  getSegments,
  previewCondition,
  putSegment,
} from '../calls/segments.js';
import {
  changeListRequest,
  saveSegmentRequest,
  segmentMembersQuery,
  segmentPreviewRequest,
  segmentQuery,
} from '../shapes/segment.js';
import { callerProcedure, once, router } from './trpc.js';

const reading = callerProcedure('segments:read');

export const segmentRouter = router({
  list: reading.query(({ ctx }) => getSegments(ctx)),
  get: reading.input(segmentQuery).query(({ ctx, input }) => getSegment(ctx, input)),
  members: reading.input(segmentMembersQuery).query(({ ctx, input }) => getSegmentMembers(ctx, input)),
  preview: reading.input(segmentPreviewRequest).mutation(({ ctx, input }) => previewCondition(ctx, input)),
  fields: reading.query(({ ctx }) => getConditionFields(ctx)),
  save: callerProcedure('segments:write')
    .input(saveSegmentRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'saveSegment', body: input }, () => putSegment(ctx, input)),
    ),
  changeMembers: callerProcedure('segments:write')
    .input(changeListRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'changeSegmentMembers', body: input }, () => changeSegmentMembers(ctx, input)),
    ),
});
