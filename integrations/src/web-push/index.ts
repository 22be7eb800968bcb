export { type PushSubscriptionKeys, pushSubscriptionSchema } from './subscription.js';
export { type VapidKeys, vapidProblem } from './vapid.js';
export {
  createWebPushChannel,
  WEB_PUSH_DEFINITION,
  type WebPushChannelOptions,
} from './web-push-channel.js';
