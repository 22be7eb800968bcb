import type { IncomingMessage } from 'node:http';
import { addressProblem, postPublicly } from '../http/post-publicly.js';
import { retryAfterMs } from '../http/retry-after.js';
import { PrivateAddressError } from './public-address.js';
import { signWebhook } from './sign-webhook.js';

export type WebhookResult =
  | { readonly status: 'delivered'; readonly httpStatus: number }
  /** 410: the receiver wants no more of them; switch the endpoint off. */
  | { readonly status: 'gone' }
  /** Can't ever succeed as it is: a bad address, one inside our own network, a body that is too large. */
  | { readonly status: 'refused'; readonly reason: string }
  /** May succeed later. */
  | { readonly status: 'failed'; readonly reason: string; readonly retryAfterMs: number };

export type OutboundWebhook = {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly id: string;
  readonly type: string;
  /** When what it tells of happened. */
  readonly happenedAt: Date;
  readonly data: unknown;
};

export type WebhookSenderOptions = {
  readonly now: () => Date;
  /** 20,000 unless told. */
  readonly timeoutMs?: number;
  /** For receivers on this machine, in trials and tests. */
  readonly allowPrivate?: boolean;
};

/** Standard Webhooks asks for small messages; receivers may refuse larger ones. */
const MAX_BODY_BYTES = 20 * 1024;
const refused = (reason: string): WebhookResult => ({ status: 'refused', reason });

function resultOf(response: IncomingMessage, now: Date): WebhookResult {
  const httpStatus = response.statusCode ?? 0;
  if (httpStatus >= 200 && httpStatus < 300) return { status: 'delivered', httpStatus };
  if (httpStatus === 410) return { status: 'gone' };
  // A redirect counts as a failure: following it could lead a signed message anywhere.
  return {
    status: 'failed',
    reason: `HTTP ${httpStatus}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now),
  };
}

/**
 * Makes a sender of Standard Webhooks messages: signed, over HTTPS, never into our own network, no redirects. One call
 * is one attempt; when to make the next is `nextWebhookAttempt`'s to say.
 */
export function createWebhookSender({ now, timeoutMs = 20_000, allowPrivate = false }: WebhookSenderOptions) {
  return async (webhook: OutboundWebhook): Promise<WebhookResult> => {
    const problem = addressProblem(webhook.url, allowPrivate);
    if (problem !== undefined) return refused(problem);
    const body = JSON.stringify({
      type: webhook.type,
      timestamp: webhook.happenedAt.toISOString(),
      data: webhook.data,
    });
    const bytes = Buffer.byteLength(body);
    if (bytes > MAX_BODY_BYTES) return refused(`the message has ${bytes} bytes, more than ${MAX_BODY_BYTES}`);
    const signature = signWebhook({ id: webhook.id, timestamp: now(), body }, webhook.secrets);
    const headers = {
      ...signature,
      'content-type': 'application/json',
      'content-length': String(bytes),
      'user-agent': 'Segue-Webhooks/1',
    };
    try {
      return resultOf(
        await postPublicly(new URL(webhook.url), body, { headers, timeoutMs, allowPrivate }),
        now(),
      );
    } catch (error) {
      if (error instanceof PrivateAddressError) return refused(error.message);
      return {
        status: 'failed',
        reason: error instanceof Error ? error.message : String(error),
        retryAfterMs: 0,
      };
    }
  };
}
