import { type Channel, type ChannelDefinition, RetryableSendError } from '../channel/channel.js';
import { addressGone, notConfigured, rejected } from '../channel/not-sent.js';
import { createWebhookSender, type WebhookSenderOptions } from './send-webhook.js';

export const WEBHOOK_DEFINITION: ChannelDefinition = {
  id: 'webhook',
  name: 'Webhook',
  addressKind: 'endpoint',
  needs: [],
  fields: ['subject'],
  replayable: true,
};

export type WebhookEndpointSettings = { readonly url: string; readonly secrets: readonly string[] };

export type WebhookChannelOptions = WebhookSenderOptions & {
  /** The receivers, by name; a message's `to` is one of them. */
  readonly endpoints: ReadonlyMap<string, WebhookEndpointSettings>;
};

/**
 * Messages to programs as Standard Webhooks. The delivery's id is the `webhook-id` of every try, so a receiver knows a
 * repeat. When to try again is `nextWebhookAttempt`'s to say.
 */
export function createWebhookChannel({ endpoints, ...sender }: WebhookChannelOptions): Channel {
  const post = createWebhookSender(sender);
  return {
    definition: WEBHOOK_DEFINITION,
    async send({ deliveryId, to, subject = '', text, event }) {
      if (endpoints.size === 0) return notConfigured('no webhook endpoints');
      const endpoint = endpoints.get(to);
      if (endpoint === undefined) return rejected(`the settings have no webhook endpoint "${to}"`);
      const result = await post({
        ...endpoint,
        id: deliveryId,
        type: event?.type ?? 'segue.message',
        happenedAt: event?.happenedAt ?? sender.now(),
        data: { deliveryId, subject, text, ...event?.data },
      });
      switch (result.status) {
        case 'delivered':
          return { status: 'sent', providerMessageId: deliveryId };
        case 'gone':
          return addressGone(`${to} wants no more of these (HTTP 410)`);
        case 'refused':
          return rejected(result.reason);
        case 'failed':
          throw new RetryableSendError('webhook', `${to}: ${result.reason}`, {
            retryAfterMs: result.retryAfterMs,
          });
      }
    },
    close: async () => undefined,
  };
}
