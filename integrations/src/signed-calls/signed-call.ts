import { timingSafeEqual } from 'node:crypto';

/** Older calls, and calls from the future, are refused: somebody may have recorded them. */
const TOLERANCE_MS = 5 * 60 * 1000;

export type SignatureCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'missing' | 'wrong' | 'expired' };

/** Whether two texts or digests are the same, in a time that does not tell how far they are. */
export function isSameSecret(given: string | Buffer, expected: string | Buffer): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether a call whose signature is right is a recent one. @param signedAt milliseconds since 1970; NaN is never recent */
export function checkAge(signedAt: number, now: Date): SignatureCheck {
  return Math.abs(now.getTime() - signedAt) <= TOLERANCE_MS ? { ok: true } : { ok: false, reason: 'expired' };
}
