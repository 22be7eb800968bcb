/**
 * The shape of past gaps can't be longer than the history that was recorded, so it grows with the age of the data and not
 * of the customer: a model trained early reads it wrongly later. Models leave it out; what counts of it is in
 * `gap_overdue_ratio` and `order_quiet_score`.
 */
export const HISTORY_BOUND_FEATURES: readonly string[] = [
  'gap_mean',
  'gap_spread',
  'gap_last',
  'gap_longest',
  'gap_regularity',
  'order_life_share',
];
