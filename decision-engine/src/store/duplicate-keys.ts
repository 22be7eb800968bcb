const DUPLICATE_KEY = 11_000;

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Whether one write failed only because its key is taken. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_KEY;
}

/**
 * Of a bulk write that was refused: how many keys were taken already.
 * @throws the error itself when anything else went wrong too
 */
export function duplicateKeys(error: unknown): number {
  const given =
    typeof error === 'object' && error !== null && 'writeErrors' in error ? error.writeErrors : null;
  const errors: readonly unknown[] = Array.isArray(given) ? given : given === null ? [] : [given];
  if (errors.length === 0 || !errors.every(isDuplicateKey)) throw error;
  return errors.length;
}
