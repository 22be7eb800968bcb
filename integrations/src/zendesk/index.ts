export { zendeskEventsOf } from './zendesk-events.js';
export { checkZendeskCall, type SignedZendeskCall, type ZendeskCheck } from './zendesk-signature.js';
