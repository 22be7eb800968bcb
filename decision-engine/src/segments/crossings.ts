/** A customer came into a segment or left it. */
export type Crossing = {
  readonly segmentId: string;
  readonly entered: boolean;
  readonly at: Date;
  /** `definition`: the segment changed, not the customer. */
  readonly reason: 'change' | 'definition';
};

/**
 * What changed between two looks at one customer.
 * @param redefined segments whose definition changed since the look before
 */
export function crossingsOf(
  before: readonly string[],
  after: readonly string[],
  { at, redefined }: { readonly at: Date; readonly redefined: ReadonlySet<string> },
): Crossing[] {
  const crossing =
    (entered: boolean) =>
    (segmentId: string): Crossing => ({
      segmentId,
      entered,
      at,
      reason: redefined.has(segmentId) ? 'definition' : 'change',
    });
  return [
    ...after.filter((segmentId) => !before.includes(segmentId)).map(crossing(true)),
    ...before.filter((segmentId) => !after.includes(segmentId)).map(crossing(false)),
  ];
}
