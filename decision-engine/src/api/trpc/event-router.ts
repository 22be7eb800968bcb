import { z } from 'zod';
import { sendEvents } from '../calls/events.js';
import type { batchRequest, EVENT_REQUESTS } from '../shapes/event.js';
import { callerProcedure, router } from './trpc.js';

const sending = callerProcedure('events:write');

/** Only the type of an input: the message is read by the reader of the Segment spec, which names all that is wrong. */
const messageOf = <Type extends keyof typeof EVENT_REQUESTS>() =>
  z.custom<z.input<(typeof EVENT_REQUESTS)[Type]>>();

export const eventRouter = router({
  identify: sending
    .input(messageOf<'identify'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'identify', raw: input })),
  track: sending
    .input(messageOf<'track'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'track', raw: input })),
  page: sending
    .input(messageOf<'page'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'page', raw: input })),
  screen: sending
    .input(messageOf<'screen'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'screen', raw: input })),
  group: sending
    .input(messageOf<'group'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'group', raw: input })),
  alias: sending
    .input(messageOf<'alias'>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'alias', raw: input })),
  batch: sending
    .input(z.custom<z.input<typeof batchRequest>>())
    .mutation(({ ctx, input }) => sendEvents(ctx, { path: 'batch', raw: input })),
});
