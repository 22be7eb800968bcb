import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older calls, and calls from the future, are refused: somebody may have recorded them. */
const TOLERANCE_MS = 5 * 60 * 1000;

export type StripeCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong' | 'expired' };

/**
 * Whether Stripe sent a call: `Stripe-Signature` is `t=…,v1=…`, hex of HMAC-SHA256 over `{t}.{body}`; several `v1` while a
 * secret is changed.
 */
export function checkStripeCall(
  { rawBody, signature = '' }: { readonly rawBody: string; readonly signature: string | undefined },
  secret: string,
  now: Date,
): StripeCheck {
  const parts = signature.split(',').map((part) => part.trim().split('='));
  const of = (name: string): string[] =>
    parts.flatMap(([key, value]) => (key === name && value ? [value] : []));
  const [time] = of('t');
  if (secret === '' || time === undefined || !/^\d{1,12}$/.test(time)) return { ok: false, reason: 'wrong' };
  const expected = createHmac('sha256', secret).update(`${time}.${rawBody}`).digest();
  const signed = of('v1').some((hex) => {
    const given = Buffer.from(hex, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!signed) return { ok: false, reason: 'wrong' };
  const age = now.getTime() - Number(time) * 1000;
  return Math.abs(age) <= TOLERANCE_MS ? { ok: true } : { ok: false, reason: 'expired' };
}
