/// <reference path="./http-ece.d.ts" />
import { createECDH, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import ece from 'http_ece';
import {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from '../channel/channel.js';
import { addressGone, notConfigured, rejected } from '../channel/not-sent.js';
import { refusesForGood } from '../http/ask-provider.js';
import { mayHaveArrived } from '../http/may-have-arrived.js';
import { addressProblem, postPublicly } from '../http/post-publicly.js';
import { retryAfterMs } from '../http/retry-after.js';
import { PrivateAddressError } from '../webhooks/public-address.js';
import { type PushSubscriptionKeys, pushSubscriptionSchema } from './subscription.js';
import { type VapidKeys, vapidAuthorization, vapidProblem } from './vapid.js';

export const WEB_PUSH_DEFINITION: ChannelDefinition = {
  id: 'webpush',
  name: 'Web push',
  addressKind: 'browser',
  needs: ['subject', 'text'],
  fields: ['subject', 'link'],
};

export type WebPushChannelOptions = {
  readonly vapid: VapidKeys | null;
  readonly now?: () => Date;
  /** For push services on this machine, in tests. */
  readonly allowPrivate?: boolean;
  readonly timeoutMs?: number;
};

/** What fits into the 4,096 bytes that every push service takes (RFC 8291 section 4): less header, tag and padding. */
const MAX_BYTES = 3_993;
/** How long the push service keeps a message for a browser that is off. */
const TTL_SECONDS = 3 * 24 * 3600;

function resultOf(response: IncomingMessage, message: OutboundMessage, now: Date): SendResult {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300)
    return { status: 'sent', providerMessageId: response.headers.location ?? message.deliveryId };
  const reason = `the push service answered HTTP ${status}`;
  if (status === 404 || status === 410) return addressGone(reason);
  if (refusesForGood({ status })) return rejected(reason);
  const wait = retryAfterMs(response.headers['retry-after'], now);
  throw new RetryableSendError('webpush', reason, { retryAfterMs: wait });
}

/** The body of a message that only this browser can read; `undefined` if its key is no point on the curve. */
function encrypted(plain: Buffer, { p256dh, auth }: PushSubscriptionKeys): Buffer | undefined {
  const privateKey = createECDH('prime256v1');
  privateKey.generateKeys();
  try {
    return ece.encrypt(plain, { version: 'aes128gcm', privateKey, dh: p256dh, authSecret: auth });
  } catch {
    return undefined;
  }
}

/**
 * Push to browsers: encrypted for the one browser (RFC 8291), signed with our VAPID key (RFC 8292). Whoever subscribes
 * names the address, so it is never one inside our own network. A repeat takes the place of a message that waits.
 * @throws RangeError if the keys are none
 */
export function createWebPushChannel(options: WebPushChannelOptions): Channel {
  const { vapid, now = () => new Date(), allowPrivate = false, timeoutMs = 15_000 } = options;
  const problem = vapid === null ? undefined : vapidProblem(vapid);
  if (problem !== undefined) throw new RangeError(`Expected VAPID keys that can be used: ${problem}`);
  return {
    definition: WEB_PUSH_DEFINITION,
    async send(message) {
      if (vapid === null) return notConfigured('no VAPID keys');
      const { to, keys, deliveryId, subject = '', text, link } = message;
      const wrong = addressProblem(to, allowPrivate);
      if (wrong !== undefined) return addressGone(wrong);
      const known = pushSubscriptionSchema.shape.keys.safeParse(keys);
      if (!known.success) return addressGone('the keys of the subscription are missing or broken');
      const plain = Buffer.from(
        JSON.stringify({ title: subject, body: text, deliveryId, ...(link === undefined ? {} : { link }) }),
      );
      if (plain.length > MAX_BYTES)
        return rejected(`the message has ${plain.length} bytes, more than ${MAX_BYTES}`);
      const body = encrypted(plain, known.data);
      if (body === undefined) return addressGone('the key of the subscription is no point on P-256');
      const url = new URL(to);
      try {
        const headers = {
          authorization: await vapidAuthorization(vapid, url, now()),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          'content-length': String(body.length),
          ttl: String(TTL_SECONDS),
          urgency: 'normal',
          topic: createHash('sha256').update(deliveryId).digest('base64url').slice(0, 32),
        };
        return resultOf(await postPublicly(url, body, { headers, timeoutMs, allowPrivate }), message, now());
      } catch (error) {
        if (error instanceof RetryableSendError) throw error;
        if (error instanceof PrivateAddressError) return addressGone(error.message);
        throw new RetryableSendError('webpush', 'the push service could not be reached', {
          cause: error,
          mayHaveGone: mayHaveArrived(error),
        });
      }
    },
    close: async () => undefined,
  };
}
