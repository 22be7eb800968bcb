export type HeldOrder = {
  /** What to show, in order. */
  order: readonly string[];
  /** How many are not shown yet because showing them would move what is there. */
  waiting: number;
  /** The order of what is shown differs from the newest. */
  moved: boolean;
};

/**
 * The order to show when a newer one arrives. While `held` (something is under the pointer or has the focus)
 * nothing that is shown moves or leaves; entries are only added at the end, as further pages are.
 */
export function holdOrder(shown: readonly string[], fresh: readonly string[], held: boolean): HeldOrder {
  if (!held || shown.length === 0) return { order: fresh, waiting: 0, moved: false };
  const known = new Set(shown);
  const lastKnown = fresh.findLastIndex((id) => known.has(id));
  const unknown = fresh.flatMap((id, index) => (known.has(id) ? [] : [{ id, later: index > lastKnown }]));
  const appended = unknown.filter((entry) => entry.later).map((entry) => entry.id);
  const order = appended.length === 0 ? shown : [...shown, ...appended];
  return { order, waiting: unknown.length - appended.length, moved: differs(order, fresh) };
}

function differs(order: readonly string[], fresh: readonly string[]): boolean {
  return order.length !== fresh.length || order.some((id, index) => fresh[index] !== id);
}
