import {
  changeAssignment,
  chooseDefaultView,
  dropView,
  getAssignment,
  getChoices,
  getInbox,
  getViews,
  putView,
} from '../calls/inbox.js';
import {
  assignmentQuery,
  assignRequest,
  defaultViewRequest,
  inboxRequest,
  saveViewRequest,
  viewQuery,
} from '../shapes/inbox.js';
import { permitted, router } from './trpc.js';

const reader = permitted('customers:read');

export const inboxRouter = router({
  list: reader.input(inboxRequest).query(({ ctx, input }) => getInbox(ctx, input)),
  choices: reader.query(({ ctx }) => getChoices(ctx)),
  assignment: reader.input(assignmentQuery).query(({ ctx, input }) => getAssignment(ctx, input)),
  assign: permitted('decisions:answer')
    .input(assignRequest)
    .mutation(({ ctx, input }) => changeAssignment(ctx, input)),
  views: reader.query(({ ctx }) => getViews(ctx)),
  // One's own are like a choice of the browser; the team's take a permission more.
  saveView: reader.input(saveViewRequest).mutation(({ ctx, input }) => putView(ctx, input)),
  deleteView: reader.input(viewQuery).mutation(({ ctx, input }) => dropView(ctx, input)),
  setDefaultView: reader
    .input(defaultViewRequest)
    .mutation(({ ctx, input }) => chooseDefaultView(ctx, input)),
});
