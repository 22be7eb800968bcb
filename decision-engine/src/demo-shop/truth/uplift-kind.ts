import type { Customer } from '../customer/customer.js';

export const UPLIFT_KINDS = ['persuadable', 'sure-anyway', 'lost-cause', 'driven-away'] as const;
export type UpliftKind = (typeof UPLIFT_KINDS)[number];

/**
 * Which of the four kinds a customer is: a message moves the persuadable, changes nothing for those who would do it
 * anyway and for those who won't, and drives some away. The traits behind it are continuous; these are their borders.
 */
export function upliftKind(customer: Customer): UpliftKind {
  if (customer.receptive < -0.05) return 'driven-away';
  if (customer.selfDrive >= 0.55) return 'sure-anyway';
  return customer.receptive >= 0.2 ? 'persuadable' : 'lost-cause';
}
