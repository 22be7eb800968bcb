export { createFcmChannel, type FcmChannelOptions, PUSH_DEFINITION } from './fcm-channel.js';
export { type ServiceAccount, serviceAccountSchema } from './service-account.js';
