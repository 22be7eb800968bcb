export { type SmsRequest, smsRequestOf } from './keywords.js';
export { isPhoneNumber } from './phone-number.js';
export { measureSms, type SmsEncoding, type SmsSize } from './segments.js';
