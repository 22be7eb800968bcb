import { Webhook } from 'standardwebhooks';

export type WebhookMessage = {
  /** The same over all attempts: the receiver's key against doing it twice. */
  readonly id: string;
  /** Of this attempt. */
  readonly timestamp: Date;
  /** Exactly as it is sent. */
  readonly body: string;
};

export type WebhookHeaders = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/** Whether a text is a signing secret: `whsec_` and 24 to 64 bytes in base64. */
export function isWebhookSecret(text: string): boolean {
  const bytes = SECRET.test(text) ? Buffer.from(text.slice('whsec_'.length), 'base64').length : 0;
  return bytes >= 24 && bytes <= 64;
}

/**
 * The headers of a Standard Webhooks message, signed with every secret given, so that a receiver can change over from
 * one to the next.
 * @throws RangeError if there is no secret, or one that is none
 */
export function signWebhook(
  { id, timestamp, body }: WebhookMessage,
  secrets: readonly string[],
): WebhookHeaders {
  if (secrets.length === 0) throw new RangeError('Expected at least one webhook secret, got none');
  // A secret is not repeated in an error.
  if (!secrets.every(isWebhookSecret)) {
    throw new RangeError('Expected each webhook secret to be "whsec_" and 24 to 64 bytes in base64');
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, timestamp, body)).join(' '),
  };
}
