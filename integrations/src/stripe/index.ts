export { stripeEventsOf } from './stripe-events.js';
export { checkStripeCall } from './stripe-signature.js';
