import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older calls, and calls from the future, are refused: somebody may have recorded them. */
const TOLERANCE_MS = 5 * 60 * 1000;

export type SignedZendeskCall = {
  /** The body as it came, before it was parsed. */
  readonly rawBody: string;
  /** `X-Zendesk-Webhook-Signature-Timestamp`: ISO 8601. */
  readonly timestamp: string | undefined;
  /** `X-Zendesk-Webhook-Signature`: base64. */
  readonly signature: string | undefined;
};

export type ZendeskCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong' | 'expired' };

/**
 * Whether a webhook call comes from the Zendesk that holds one of the secrets: HMAC-SHA256 of `{timestamp}{body}`. Each
 * webhook of a Zendesk has a secret of its own.
 */
export function checkZendeskCall(
  { rawBody, timestamp = '', signature = '' }: SignedZendeskCall,
  secrets: readonly string[],
  now: Date,
): ZendeskCheck {
  const given = Buffer.from(signature, 'base64');
  const isSigned = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${timestamp}${rawBody}`).digest();
    return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) return { ok: false, reason: 'wrong' };
  // What is no time is never within the tolerance.
  const age = now.getTime() - Date.parse(timestamp);
  return Math.abs(age) <= TOLERANCE_MS ? { ok: true } : { ok: false, reason: 'expired' };
}
