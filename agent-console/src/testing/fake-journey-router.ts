import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import {
  dryRunAnswer,
  journeyCheck,
  journeyList,
  journeyStateAnswer,
  journeyStateRequest,
  journeyView,
  playbookList,
  publishedJourney,
  publishJourneyRequest,
  replayView,
  runsPage,
  runView,
} from '../../../decision-engine/src/api/shapes/journey';
import { agent, fakeTrpc } from './fake-trpc';

const one = z.object({ journeyId: z.string(), version: z.number().optional() });

/** The engine's procedures about journeys, answered from memory. */
export const fakeJourneyRouter = fakeTrpc.router({
  list: agent.output(journeyList).query(({ ctx }) => ({ items: ctx.shop.journeys.list() })),
  get: agent
    .input(one)
    .output(journeyView)
    .query(({ ctx, input }) => {
      const journey = ctx.shop.journeys.get(input.journeyId);
      if (journey === null) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such journey.' });
      return journey;
    }),
  check: agent
    .input(z.object({ definition: z.string() }))
    .output(journeyCheck)
    .mutation(({ ctx, input }) => ctx.shop.journeys.check(input.definition)),
  publish: agent
    .input(publishJourneyRequest)
    .output(publishedJourney)
    .mutation(() => ({ journeyId: 'abandoned-basket', version: 4, isNew: true })),
  setState: agent
    .input(journeyStateRequest)
    .output(journeyStateAnswer)
    .mutation(({ ctx, input }) => ctx.shop.journeys.setState(input.journeyId, input.state)),
  playbooks: agent.output(playbookList).query(({ ctx }) => ({ items: ctx.shop.journeys.playbooks() })),
  runs: agent
    .input(z.object({ status: z.string().optional() }))
    .output(runsPage)
    .query(({ ctx, input }) => ({ items: ctx.shop.journeys.runs(input), nextCursor: null })),
  run: agent
    .input(z.object({ runId: z.string() }))
    .output(runView)
    .query(({ ctx, input }) => {
      const run = ctx.shop.journeys.run(input.runId);
      if (run === null) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such run.' });
      return run;
    }),
  dryRun: agent
    .input(z.object({ customer: z.object({ customerId: z.string() }) }))
    .output(dryRunAnswer)
    .mutation(({ ctx, input }) => ctx.shop.journeys.dryRun(input.customer.customerId)),
  startReplay: agent.output(replayView).mutation(({ ctx }) => ctx.shop.journeys.replay()),
  replay: agent.output(replayView).query(({ ctx }) => ctx.shop.journeys.replay()),
});
