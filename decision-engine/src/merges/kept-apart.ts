/**
 * Taking a merge apart leaves a mark on the identities of each side, `<merge>:1` on those of the one and `<merge>:2` on those
 * of the other. Marks go where identities go, so both sides stay apart through whatever is merged later.
 */
export type Side = 1 | 2;

export function apartMark(mergeId: string, side: Side): string {
  return `${mergeId}:${side}`;
}

function otherSide(mark: string): string {
  return mark.endsWith(':1') ? `${mark.slice(0, -1)}2` : `${mark.slice(0, -1)}1`;
}

/** Whether somebody said that customers with these marks are two. */
export function areKeptApart(a: readonly string[], b: readonly string[]): boolean {
  return a.some((mark) => {
    const other = otherSide(mark);
    // Who has both sides is not to be kept apart from either.
    return b.includes(other) && !a.includes(other) && !b.includes(mark);
  });
}
