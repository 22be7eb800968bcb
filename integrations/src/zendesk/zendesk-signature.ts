import { createHmac } from 'node:crypto';
import { checkAge, isSameSecret, type SignatureCheck } from '../signed-calls/signed-call.js';

export type SignedZendeskCall = {
  /** The body as it came, before it was parsed. */
  readonly rawBody: string;
  /** `X-Zendesk-Webhook-Signature-Timestamp`: ISO 8601. */
  readonly timestamp: string | undefined;
  /** `X-Zendesk-Webhook-Signature`: base64. */
  readonly signature: string | undefined;
};

/**
 * Whether a webhook call comes from the Zendesk that holds one of the secrets: HMAC-SHA256 of `{timestamp}{body}`. Each
 * webhook of a Zendesk has a secret of its own.
 */
export function checkZendeskCall(
  { rawBody, timestamp = '', signature = '' }: SignedZendeskCall,
  secrets: readonly string[],
  now: Date,
): SignatureCheck {
  const given = Buffer.from(signature, 'base64');
  const isSigned = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${timestamp}${rawBody}`).digest();
    return secret !== '' && isSameSecret(given, expected);
  });
  return isSigned ? checkAge(Date.parse(timestamp), now) : { ok: false, reason: 'wrong' };
}
