import { createHmac } from 'node:crypto';
import { isSameSecret } from '../signed-calls/signed-call.js';

/** Whether a webhook call comes from the app that holds the secret: `sha256=` and HMAC-SHA256 of the body as it came. */
export function isWhatsAppCall(
  { rawBody, signature }: { readonly rawBody: string; readonly signature: string | undefined },
  appSecret: string,
): boolean {
  if (appSecret === '' || signature === undefined) return false;
  return isSameSecret(signature, `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`);
}

/**
 * The answer to Meta's question whether this address is ours: the challenge, if the token is the one we told Meta.
 * @returns `undefined` for anybody else
 */
export function whatsAppChallenge(
  query: Readonly<Record<string, unknown>>,
  verifyToken: string,
): string | undefined {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (verifyToken === '' || mode !== 'subscribe' || typeof challenge !== 'string') return undefined;
  if (typeof token !== 'string') return undefined;
  return isSameSecret(token, verifyToken) ? challenge : undefined;
}
