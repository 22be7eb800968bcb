import { z } from 'zod';
import {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from '../channel/channel.js';
import { addressGone, notConfigured, rejected } from '../channel/not-sent.js';
import { askProvider, type ProviderAnswer, refusesForGood } from '../http/ask-provider.js';
import { createAccessTokens, type ServiceAccount } from './service-account.js';

export const PUSH_DEFINITION: ChannelDefinition = {
  id: 'push',
  name: 'Mobile push',
  addressKind: 'device',
  needs: ['subject', 'text'],
  fields: ['subject', 'link'],
};

export type FcmChannelOptions = {
  readonly serviceAccount: ServiceAccount | null;
  /** `https://fcm.googleapis.com` unless told. */
  readonly baseUrl?: string;
  readonly now?: () => Date;
  readonly timeoutMs?: number;
};

/** FCM's limit on all keys and values of a message. */
const MAX_BYTES = 4_096;

const accepted = z.object({ name: z.string().min(1) });
const refused = z.object({
  error: z.object({
    message: z.string(),
    status: z.string().optional(),
    details: z
      .array(
        z.object({
          errorCode: z.string().optional(),
          fieldViolations: z.array(z.object({ field: z.string() })).optional(),
        }),
      )
      .default([]),
  }),
});

function resultOf(answer: ProviderAnswer): SendResult {
  const { ok, status, json, retryAfterMs } = answer;
  if (ok) {
    const parsed = accepted.safeParse(json);
    if (parsed.success) return { status: 'sent', providerMessageId: parsed.data.name };
    throw new RetryableSendError('push', `FCM answered ${status} without a message name`, {
      mayHaveGone: true,
    });
  }
  const error = refused.safeParse(json).data?.error;
  if (error === undefined)
    throw new RetryableSendError('push', `FCM answered HTTP ${status}`, { retryAfterMs });
  const code =
    error.details.find(({ errorCode }) => errorCode !== undefined)?.errorCode ?? error.status ?? '';
  const reason = `${error.message} (FCM ${code === '' ? `HTTP ${status}` : code})`;
  if (code === 'UNREGISTERED') return addressGone(reason);
  // The token belongs to another project's app: no message of ours will ever reach it.
  if (code === 'SENDER_ID_MISMATCH') return addressGone(reason);
  if (!refusesForGood(answer)) throw new RetryableSendError('push', reason, { retryAfterMs });
  const fields = error.details.flatMap(({ fieldViolations = [] }) =>
    fieldViolations.map(({ field }) => field),
  );
  return fields.includes('message.token') ? addressGone(reason) : rejected(reason);
}

/** What counts against FCM's limit. */
function contentOf({ deliveryId, subject = '', text, link }: OutboundMessage) {
  return {
    notification: { title: subject, body: text },
    data: { deliveryId, ...(link === undefined ? {} : { link }) },
  };
}

/**
 * Push to apps over FCM's HTTP v1 API, Android and iOS alike. FCM takes no idempotency key, but a message carries its
 * delivery's id in `data`, and on Android a repeat takes the place of the first one while that is still shown.
 */
export function createFcmChannel(options: FcmChannelOptions): Channel {
  const {
    serviceAccount,
    baseUrl = 'https://fcm.googleapis.com',
    now = () => new Date(),
    timeoutMs = 15_000,
  } = options;
  const tokens = serviceAccount === null ? null : createAccessTokens(serviceAccount, { now, timeoutMs });
  return {
    definition: PUSH_DEFINITION,
    async send(message) {
      if (serviceAccount === null || tokens === null) return notConfigured('no FCM service account');
      if (!/^[\w:-]{20,4096}$/.test(message.to)) return addressGone('the device token is none of FCM');
      const content = contentOf(message);
      const bytes = Buffer.byteLength(JSON.stringify(content));
      if (bytes > MAX_BYTES) return rejected(`the message has ${bytes} bytes, more than ${MAX_BYTES}`);
      const answer = await askProvider({
        channel: 'push',
        provider: 'FCM',
        url: `${baseUrl}/v1/projects/${encodeURIComponent(serviceAccount.project_id)}/messages:send`,
        headers: {
          authorization: `Bearer ${await tokens.current()}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          message: { token: message.to, ...content, android: { notification: { tag: message.deliveryId } } },
        }),
        timeoutMs,
      });
      if (answer.status === 401) tokens.forget();
      return resultOf(answer);
    },
    close: async () => undefined,
  };
}
