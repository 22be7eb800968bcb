export { shopifyEventsOf } from './shopify-events.js';
export { isShopifyCall } from './shopify-signature.js';
