/** Time to leaving in whole weeks, as `fitSurvival` takes it. */
export type LeavingTime = {
  /** The week the customer left in, or the last week known to be survived; from 1 up. */
  readonly week: number;
  /** False where the customer was still there when the events ended. */
  readonly left: boolean;
};

/**
 * When a customer leaves: with the last order that is followed by `silenceDays` without one, counted from the snapshot; at
 * once (week 1) where no order comes within `silenceDays`. Customers whose silence is not over when the events end are
 * known to have stayed until their last order, and are used so (right-censored). Null where nothing at all is known.
 *
 * @param orders days from the snapshot to each later order, ascending
 * @param knownDays days from the snapshot to the end of the events
 */
export function leavingTime(
  orders: readonly number[],
  { silenceDays, knownDays }: { readonly silenceDays: number; readonly knownDays: number },
): LeavingTime | null {
  let last = 0;
  for (const order of orders) {
    if (order - last >= silenceDays) {
      break;
    }
    last = order;
  }
  const week = Math.floor(last / 7);
  if (knownDays - last >= silenceDays) {
    return { week: week + 1, left: true };
  }
  return week === 0 ? null : { week, left: false };
}
