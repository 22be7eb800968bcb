import { getPushKey, listChannels, subscribePush, switchEndpointOn, testChannel } from '../calls/channels.js';
import { channelTestRequest, endpointRequest, pushSubscriptionRequest } from '../shapes/channel.js';
import { callerProcedure, permitted, router } from './trpc.js';

const settings = permitted('channels:write');

export const channelRouter = router({
  list: settings.query(({ ctx }) => listChannels(ctx.engine)),
  test: settings
    .input(channelTestRequest)
    .mutation(({ ctx, input }) => testChannel(ctx.engine, input, ctx.agent.email)),
  switchEndpointOn: settings
    .input(endpointRequest)
    .mutation(({ ctx, input }) => switchEndpointOn(ctx.engine, input.endpoint)),
  pushKey: callerProcedure('events:write').query(({ ctx }) => getPushKey(ctx)),
  subscribePush: callerProcedure('events:write')
    .input(pushSubscriptionRequest)
    .mutation(({ ctx, input }) => subscribePush(ctx, input)),
});
