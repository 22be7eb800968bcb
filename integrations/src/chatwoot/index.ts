export { type ChatwootEvents, chatwootEventsOf } from './chatwoot-events.js';
export { checkChatwootCall, type SignedCall } from './signature.js';
