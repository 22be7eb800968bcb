import { inboxPage } from '../../../decision-engine/src/api/shapes/customer';
import {
  assignmentAnswer,
  assignmentQuery,
  assignRequest,
  defaultViewRequest,
  inboxChoices,
  inboxRequest,
  inboxViews,
  saveViewRequest,
  viewQuery,
} from '../../../decision-engine/src/api/shapes/inbox';
import { agent, fakeTrpc } from './fake-trpc';

/** The engine's procedures about the inbox, answered from memory. */
export const fakeInboxRouter = fakeTrpc.router({
  list: agent
    .input(inboxRequest)
    .output(inboxPage)
    .query(({ ctx, input }) => ctx.shop.inbox(input)),
  choices: agent.output(inboxChoices).query(() => ({
    segments: [
      { segmentId: 'loyal', name: 'Loyal customers' },
      { segmentId: 'newcomers', name: 'Newcomers' },
    ],
    channels: ['sms', 'whatsapp'],
  })),
  assignment: agent
    .input(assignmentQuery)
    .query(({ ctx, input }) => ({ assigned: ctx.shop.desk.assigned(input.customerId) })),
  assign: agent
    .input(assignRequest)
    .output(assignmentAnswer)
    .mutation(({ ctx, input }) => ctx.shop.assign(input, ctx.shop.agent)),
  views: agent.output(inboxViews).query(({ ctx }) => ctx.shop.desk.views()),
  saveView: agent
    .input(saveViewRequest)
    .output(inboxViews)
    .mutation(({ ctx, input }) => ctx.shop.desk.saveView(input)),
  deleteView: agent
    .input(viewQuery)
    .output(inboxViews)
    .mutation(({ ctx, input }) => ctx.shop.desk.deleteView(input.viewId)),
  setDefaultView: agent
    .input(defaultViewRequest)
    .output(inboxViews)
    .mutation(({ ctx, input }) => ctx.shop.desk.beginWith(input.viewId)),
});
