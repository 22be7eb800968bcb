import { createHmac } from 'node:crypto';
import { isSameSecret } from '../signed-calls/signed-call.js';

/** Whether Shopify sent a call: base64 of HMAC-SHA256 over the body as it came, in `X-Shopify-Hmac-Sha256`. */
export function isShopifyCall(rawBody: string, signature: string | undefined, secret: string): boolean {
  if (secret === '' || signature === undefined) return false;
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  return isSameSecret(Buffer.from(signature, 'base64'), expected);
}
