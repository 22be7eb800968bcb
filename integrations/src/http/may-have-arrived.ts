/** Faults of a connection that never came about: nothing was sent on it. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a request that ended without an answer may have been read by the other side. Only a connection that never came
 * about says no for sure.
 */
export function mayHaveArrived(fault: unknown): boolean {
  for (let cause = fault; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && NO_CONNECTION.has(cause.code)) return false;
    if (cause instanceof AggregateError) return cause.errors.some(mayHaveArrived);
  }
  return true;
}
