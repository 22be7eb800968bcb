import { createHmac } from 'node:crypto';
import { checkAge, isSameSecret, type SignatureCheck } from '../signed-calls/signed-call.js';

export type SignedCall = {
  /** The body as it came, before it was parsed. */
  readonly rawBody: string;
  /** `X-Chatwoot-Timestamp`: seconds since 1970. */
  readonly timestamp: string | undefined;
  /** `X-Chatwoot-Signature`: `sha256=` and hex. */
  readonly signature: string | undefined;
};

/** Whether a webhook call comes from the Chatwoot that holds the secret: HMAC-SHA256 of `{timestamp}.{body}`. */
export function checkChatwootCall(call: SignedCall, secret: string, now: Date): SignatureCheck {
  const { rawBody, timestamp, signature } = call;
  if (secret === '' || !timestamp || !signature) return { ok: false, reason: 'missing' };
  const expected = `sha256=${createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex')}`;
  if (!isSameSecret(signature, expected)) return { ok: false, reason: 'wrong' };
  return checkAge(/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN, now);
}
