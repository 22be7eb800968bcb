import { getPushKey, subscribePush } from '../calls/channels.js';
import {
  pushKeyAnswer,
  pushKeyRequest,
  pushSubscriptionAnswer,
  pushSubscriptionRequest,
} from '../shapes/channel.js';
import { type Endpoint, endpoint } from './endpoint.js';

export const pushEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/push-key',
    operationId: 'getPushKey',
    tag: 'events',
    summary: 'Read the key that pages subscribe to push messages with',
    scope: 'events:write',
    input: pushKeyRequest,
    answer: pushKeyAnswer,
    errors: ['channel_not_configured'],
    twin: 'channel.pushKey',
    run: getPushKey,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/push-subscriptions',
    operationId: 'subscribePush',
    tag: 'events',
    summary: 'Say that a browser takes push messages',
    scope: 'events:write',
    input: pushSubscriptionRequest,
    answer: pushSubscriptionAnswer,
    errors: ['channel_not_configured'],
    twin: 'channel.subscribePush',
    once: true,
    run: subscribePush,
  }),
];
