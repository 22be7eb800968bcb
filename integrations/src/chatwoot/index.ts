export { type ChatwootEvents, chatwootEventsOf } from './chatwoot-events.js';
export { checkChatwootCall, type SignatureCheck, type SignedCall } from './signature.js';
