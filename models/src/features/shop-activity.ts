import type { SegueEvent } from '../events/segue-event.js';

/** What a customer does in the shop itself, by Segment's names; messages and outcomes are not visits. */
const ACTIVITY = new Set([
  'Products Searched',
  'Product List Viewed',
  'Product List Filtered',
  'Promotion Viewed',
  'Promotion Clicked',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Product Added to Wishlist',
  'Product Removed from Wishlist',
  'Product Shared',
  'Product Reviewed',
  'Cart Viewed',
  'Cart Shared',
  'Checkout Started',
  'Checkout Step Viewed',
  'Checkout Step Completed',
  'Payment Info Entered',
  'Coupon Entered',
  'Coupon Applied',
  'Coupon Denied',
  'Coupon Removed',
  'Signed In',
  'Signed Up',
  'Application Opened',
]);

/** Whether the event shows the customer in the shop (site or app). */
export function isShopActivity(event: SegueEvent): boolean {
  return (
    event.type === 'page' || event.type === 'screen' || (event.type === 'track' && ACTIVITY.has(event.name))
  );
}
