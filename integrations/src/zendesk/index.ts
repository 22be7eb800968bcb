export { zendeskEventsOf } from './zendesk-events.js';
export { checkZendeskCall, type SignedZendeskCall } from './zendesk-signature.js';
