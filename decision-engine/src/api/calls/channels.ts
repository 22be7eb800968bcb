import { tryChannel } from '../../channels/try-channel.js';
import { viewChannels } from '../../channels/view-channels.js';
import { switchOn } from '../../channels/webhook-endpoints.js';
import { OWN_EVENTS } from '../../customers/own-events.js';
import type { Engine } from '../../engine/engine.js';
import { takeEvents } from '../../engine/take-events.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type {
  ChannelTestAnswer,
  ChannelTestRequest,
  ChannelView,
  PushSubscriptionRequest,
} from '../shapes/channel.js';

export async function listChannels(engine: Engine): Promise<{ channels: ChannelView[] }> {
  return { channels: await viewChannels(engine) };
}

/** @throws ApiError `unknown_channel` */
export function testChannel(
  engine: Engine,
  { channel: channelId, to = '' }: ChannelTestRequest,
  email: string,
): Promise<ChannelTestAnswer> {
  const channel = engine.channels.get(channelId);
  if (channel === null)
    throw new ApiError('unknown_channel', `There is no channel "${channelId}" for messages`);
  return tryChannel(engine, channel, { email, to });
}

/** Lets messages go to a webhook endpoint again. */
export async function switchEndpointOn(engine: Engine, endpoint: string): Promise<{ endpoint: string }> {
  await switchOn(engine, endpoint);
  return { endpoint };
}

/** @throws ApiError `channel_not_configured` */
export async function getPushKey({ engine }: Pick<Call, 'engine'>): Promise<{ publicKey: string }> {
  const channel = engine.channels.get('webpush');
  if (channel?.publicKey === undefined)
    throw new ApiError('channel_not_configured', channel?.state.detail ?? 'There is no web push');
  return { publicKey: channel.publicKey };
}

/**
 * Keeps that a browser takes push messages. The customer is made where nobody has their id yet.
 * @throws ApiError `channel_not_configured`, `invalid_request`
 */
export async function subscribePush(
  call: Pick<Call, 'engine' | 'changed'>,
  { userId, anonymousId, subscription }: PushSubscriptionRequest,
): Promise<{ success: true }> {
  const { engine, changed } = call;
  await getPushKey(call);
  if (userId === undefined && anonymousId === undefined) {
    throw new ApiError('invalid_request', 'Expected "userId" or "anonymousId", got neither', {
      issues: [{ path: 'userId', expected: 'a userId or an anonymousId' }],
    });
  }
  const now = engine.clock();
  const { endpoint, keys } = subscription;
  const { customerIds } = await takeEvents(engine, [
    {
      messageId: `push-subscribed:${engine.newId('sub')}`,
      type: 'track',
      name: OWN_EVENTS.pushSubscribed,
      ...(userId === undefined ? {} : { userId }),
      ...(anonymousId === undefined ? {} : { anonymousId }),
      timestamp: now,
      receivedAt: now,
      properties: { subscription: { endpoint, keys: { ...keys } } },
      traits: {},
      context: {},
    },
  ]);
  changed(customerIds);
  return { success: true };
}
