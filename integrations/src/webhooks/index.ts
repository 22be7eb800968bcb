export { isPublicAddress, PrivateAddressError } from './public-address.js';
export { nextWebhookAttempt, WEBHOOK_RETRY_WAITS_MS } from './retry-schedule.js';
export {
  createWebhookSender,
  type OutboundWebhook,
  type WebhookResult,
  type WebhookSenderOptions,
} from './send-webhook.js';
export { isWebhookSecret, signWebhook, type WebhookHeaders, type WebhookMessage } from './sign-webhook.js';
export {
  createWebhookChannel,
  WEBHOOK_DEFINITION,
  type WebhookChannelOptions,
  type WebhookEndpointSettings,
} from './webhook-channel.js';
