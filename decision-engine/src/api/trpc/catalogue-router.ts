import {
  changeDraft,
  diffCatalogue,
  dropDraft,
  getCatalogue,
  getDraft,
  getDrafts,
  getRevision,
  getRevisions,
  inspectDraft,
  newDraft,
  publish,
  rollBack,
} from '../calls/catalogue.js';
import { previewTexts } from '../calls/preview.js';
import {
  diffQuery,
  draftQuery,
  newDraftRequest,
  previewRequest,
  publishDraftRequest,
  revisionQuery,
  revisionsQuery,
  rollBackRequest,
  saveDraftRequest,
} from '../shapes/catalogue.js';
import { callerProcedure, once, router } from './trpc.js';

const reading = callerProcedure('catalogue:read');
const writing = callerProcedure('catalogue:write');
const publishing = callerProcedure('catalogue:publish');

export const catalogueRouter = router({
  preview: callerProcedure('customers:read')
    .input(previewRequest)
    .query(({ ctx, input }) => previewTexts(ctx, input)),
  get: reading.query(({ ctx }) => getCatalogue(ctx)),
  revisions: reading.input(revisionsQuery).query(({ ctx, input }) => getRevisions(ctx, input)),
  revision: reading.input(revisionQuery).query(({ ctx, input }) => getRevision(ctx, input)),
  diff: reading.input(diffQuery).query(({ ctx, input }) => diffCatalogue(ctx, input)),
  rollBack: publishing
    .input(rollBackRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'rollBackCatalogue', body: input }, () => rollBack(ctx, input)),
    ),
  drafts: reading.query(({ ctx }) => getDrafts(ctx)),
  draft: reading.input(draftQuery).query(({ ctx, input }) => getDraft(ctx, input)),
  checkDraft: reading.input(draftQuery).query(({ ctx, input }) => inspectDraft(ctx, input)),
  createDraft: writing
    .input(newDraftRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'createDraft', body: input }, () => newDraft(ctx, input)),
    ),
  saveDraft: writing
    .input(saveDraftRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'saveDraft', body: input }, () => changeDraft(ctx, input)),
    ),
  discardDraft: writing
    .input(draftQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'discardDraft', body: input }, () => dropDraft(ctx, input)),
    ),
  publish: publishing
    .input(publishDraftRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'publishDraft', body: input }, () => publish(ctx, input)),
    ),
});
