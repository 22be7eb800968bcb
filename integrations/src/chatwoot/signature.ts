import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older calls, and calls from the future, are refused: somebody may have recorded them. */
const TOLERANCE_MS = 5 * 60 * 1000;

export type SignedCall = {
  /** The body as it came, before it was parsed. */
  readonly rawBody: string;
  /** `X-Chatwoot-Timestamp`: seconds since 1970. */
  readonly timestamp: string | undefined;
  /** `X-Chatwoot-Signature`: `sha256=` and hex. */
  readonly signature: string | undefined;
};

export type SignatureCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'missing' | 'expired' | 'wrong' };

/** Whether a webhook call comes from the Chatwoot that holds the secret: HMAC-SHA256 of `{timestamp}.{body}`. */
export function checkChatwootCall(call: SignedCall, secret: string, now: Date): SignatureCheck {
  const { rawBody, timestamp, signature } = call;
  if (secret === '' || !timestamp || !signature) return { ok: false, reason: 'missing' };
  const expected = Buffer.from(
    `sha256=${createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { ok: false, reason: 'wrong' };
  const age = /^\d{1,12}$/.test(timestamp) ? now.getTime() - Number(timestamp) * 1000 : Number.NaN;
  return Math.abs(age) <= TOLERANCE_MS ? { ok: true } : { ok: false, reason: 'expired' };
}
