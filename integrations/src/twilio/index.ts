export { type InboundSms, inboundSmsOf } from './inbound-message.js';
export { isTwilioRequest, type TwilioRequest } from './signature.js';
export { twilioReceiptOf } from './status-callback.js';
export { createTwilioChannel, SMS_DEFINITION, type TwilioChannelOptions } from './twilio-channel.js';
