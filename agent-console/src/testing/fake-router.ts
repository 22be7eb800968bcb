import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import {
  channelsAnswer,
  channelTestAnswer,
  channelTestRequest,
  endpointRequest,
} from '../../../decision-engine/src/api/shapes/channel';
import { customerView, timelinePage } from '../../../decision-engine/src/api/shapes/customer';
import {
  decideAnswer,
  decisionRecord,
  feedbackAnswer,
  feedbackRequest,
} from '../../../decision-engine/src/api/shapes/decision';
import { deliveryView, outboxPage } from '../../../decision-engine/src/api/shapes/delivery';
import { runsPage } from '../../../decision-engine/src/api/shapes/journey';
import { customerMerges, mergeView, undoMergeRequest } from '../../../decision-engine/src/api/shapes/merge';
import { sessionView, signInRequest } from '../../../decision-engine/src/api/shapes/session';
import { fakeCatalogueRouter } from './fake-catalogue-router';
import { fakeInboxRouter } from './fake-inbox-router';
import { fakeJourneyRouter } from './fake-journey-router';
import { fakeSegmentRouter } from './fake-segment-router';
import { fakeSettings } from './fake-settings-router';
import { agent, FAKE_TOKEN, fakeTrpc } from './fake-trpc';

const t = fakeTrpc;
const open = t.procedure;
const customerInput = z.object({ customerId: z.string() });

/** The engine's procedures for agents, answered from a shop in memory. */
export const fakeRouter = t.router({
  session: t.router({
    signIn: open
      .input(signInRequest)
      .output(sessionView)
      .mutation(({ ctx, input }) => {
        if (input.email !== ctx.shop.agent.email || input.password !== ctx.shop.password) {
          throw new TRPCError({ code: 'UNAUTHORIZED', message: 'E-mail or password is wrong.' });
        }
        ctx.setCookie('fake=1; Path=/; HttpOnly; SameSite=Lax');
        return ctx.shop.session();
      }),
    signOnOffer: open.query(() => null),
    signOut: open.mutation(({ ctx }) => {
      ctx.setCookie('fake=; Path=/; HttpOnly; Max-Age=0');
      return { signedOut: true, goOnTo: null };
    }),
    openPlugin: agent.mutation(({ ctx }) => ({
      token: FAKE_TOKEN,
      expiresAt: ctx.shop.inAnHour(),
    })),
    keepPlugin: agent.mutation(() => ({ kept: true })),
    me: agent.output(sessionView).query(({ ctx }) => ctx.shop.session()),
  }),
  ...fakeSettings,
  inbox: fakeInboxRouter,
  customer: t.router({
    get: agent
      .input(customerInput)
      .output(customerView)
      .query(({ ctx, input }) => found(ctx.shop.customer(input.customerId), input.customerId)),
    runs: agent
      .input(customerInput)
      .output(runsPage)
      .query(({ ctx, input }) => ({
        items: ctx.shop.journeys.runs(input).slice(0, 3),
        nextCursor: null,
      })),
    merges: agent
      .input(customerInput)
      .output(customerMerges)
      .query(({ ctx, input }) => ctx.shop.merges.of(input.customerId)),
    unmerge: agent
      .input(undoMergeRequest)
      .output(mergeView)
      .mutation(({ ctx, input }) => found(ctx.shop.merges.undo(input), input.mergeId)),
    timeline: agent
      .input(customerInput.extend({ cursor: z.string().optional(), limit: z.number().optional() }))
      .output(timelinePage)
      .query(({ ctx, input }) => ctx.shop.timeline(input)),
    resolve: agent
      .input(z.object({ references: z.array(z.record(z.string(), z.string())) }))
      .output(z.object({ customerId: z.string().nullable() }))
      .query(({ ctx, input }) => ({ customerId: ctx.shop.resolve(input.references) })),
    search: agent
      .input(z.object({ text: z.string() }))
      .output(
        z.object({
          items: z.array(
            z.object({ customerId: z.string(), displayName: z.string(), email: z.string().nullable() }),
          ),
        }),
      )
      .query(({ ctx, input }) => ({ items: ctx.shop.search(input.text) })),
  }),
  catalogue: fakeCatalogueRouter,
  journey: fakeJourneyRouter,
  segment: fakeSegmentRouter,
  decision: t.router({
    forCustomer: agent
      .input(customerInput)
      .output(decideAnswer)
      .mutation(({ ctx, input }) => found(ctx.shop.decision(input.customerId), input.customerId)),
    feedback: agent
      .input(feedbackRequest)
      .output(feedbackAnswer)
      .mutation(({ ctx, input }) => ctx.shop.feedback(input)),
    get: agent
      .input(z.object({ decisionId: z.string() }))
      .output(decisionRecord)
      .query(({ ctx, input }) => found(ctx.shop.record(input.decisionId), input.decisionId)),
  }),
  outbox: t.router({
    list: agent
      .input(z.object({ cursor: z.string().optional() }))
      .output(outboxPage)
      .query(({ ctx }) => ctx.shop.outbox()),
    retry: agent
      .input(z.object({ deliveryId: z.string() }))
      .output(z.object({ delivery: deliveryView }))
      .mutation(({ ctx, input }) => ({
        delivery: found(ctx.shop.retry(input.deliveryId), input.deliveryId),
      })),
  }),
  channel: t.router({
    list: agent.output(channelsAnswer).query(({ ctx }) => ({ channels: ctx.shop.channels() })),
    test: agent
      .input(channelTestRequest)
      .output(channelTestAnswer)
      .mutation(({ ctx, input }) => ({ state: 'sent', to: input.to ?? ctx.shop.agent.email, detail: '' })),
    switchEndpointOn: agent
      .input(endpointRequest)
      .output(z.object({ endpoint: z.string() }))
      .mutation(({ ctx, input }) => ctx.shop.switchEndpointOn(input.endpoint)),
  }),
  delivery: t.router({
    send: agent
      .input(z.object({ decisionId: z.string(), actionId: z.string() }))
      .output(z.object({ delivery: deliveryView }))
      .mutation(({ ctx, input }) => ({ delivery: found(ctx.shop.send(input), input.decisionId) })),
  }),
});

function found<Thing>(thing: Thing | null, id: string): Thing {
  if (thing === null) throw new TRPCError({ code: 'NOT_FOUND', message: `There is nothing named "${id}".` });
  return thing;
}
