import { createHmac } from 'node:crypto';
import { checkAge, isSameSecret, type SignatureCheck } from '../signed-calls/signed-call.js';

/**
 * Whether Stripe sent a call: `Stripe-Signature` is `t=…,v1=…`, hex of HMAC-SHA256 over `{t}.{body}`; several `v1` while a
 * secret is changed.
 */
export function checkStripeCall(
  { rawBody, signature = '' }: { readonly rawBody: string; readonly signature: string | undefined },
  secret: string,
  now: Date,
): SignatureCheck {
  const parts = signature.split(',').map((part) => part.trim().split('='));
  const of = (name: string): string[] =>
    parts.flatMap(([key, value]) => (key === name && value ? [value] : []));
  const [time] = of('t');
  if (secret === '' || time === undefined || !/^\d{1,12}$/.test(time)) return { ok: false, reason: 'wrong' };
  const expected = createHmac('sha256', secret).update(`${time}.${rawBody}`).digest();
  if (!of('v1').some((hex) => isSameSecret(Buffer.from(hex, 'hex'), expected)))
    return { ok: false, reason: 'wrong' };
  return checkAge(Number(time) * 1000, now);
}
