const DUPLICATE_KEY = 11_000;

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Whether one write failed only because its key is taken. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_KEY;
}

/**
 * Of a bulk write that was refused: what was wrong with which of its operations, by their places. The others were done.
 * @throws the error itself when it is not about single operations
 */
export function failedWrites(error: unknown): ReadonlyMap<number, unknown> {
  const given =
    typeof error === 'object' && error !== null && 'writeErrors' in error ? error.writeErrors : null;
  const errors: readonly unknown[] = Array.isArray(given) ? given : given === null ? [] : [given];
  if (errors.length === 0) throw error;
  return new Map(
    errors.map((each) => {
      const index = typeof each === 'object' && each !== null && 'index' in each ? each.index : undefined;
      if (typeof index !== 'number') throw error;
      return [index, each] as const;
    }),
  );
}

/**
 * Of a bulk write that was refused: which of its operations asked for a key that is taken already, by their places.
 * @throws the error itself when anything else went wrong too
 */
export function duplicatesOf(error: unknown): ReadonlySet<number> {
  const failed = failedWrites(error);
  if (![...failed.values()].every(isDuplicateKey)) throw error;
  return new Set(failed.keys());
}
