const DUPLICATE_KEY = 11_000;

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Whether one write failed only because its key is taken. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_KEY;
}

/**
 * Of a bulk write that was refused: which of its operations asked for a key that is taken already, by their places.
 * @throws the error itself when anything else went wrong too
 */
export function duplicatesOf(error: unknown): ReadonlySet<number> {
  const given =
    typeof error === 'object' && error !== null && 'writeErrors' in error ? error.writeErrors : null;
  const errors: readonly unknown[] = Array.isArray(given) ? given : given === null ? [] : [given];
  if (errors.length === 0 || !errors.every(isDuplicateKey)) throw error;
  return new Set(errors.map(indexOf));
}

function indexOf(error: unknown): number {
  const index = typeof error === 'object' && error !== null && 'index' in error ? error.index : undefined;
  if (typeof index !== 'number') throw error;
  return index;
}
