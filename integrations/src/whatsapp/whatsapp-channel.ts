import { z } from 'zod';
import {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from '../channel/channel.js';
import { notConfigured, rejected } from '../channel/not-sent.js';
import { askProvider, type ProviderAnswer, refusesForGood } from '../http/ask-provider.js';
import { isPhoneNumber } from '../sms/phone-number.js';

export const WHATSAPP_DEFINITION: ChannelDefinition = {
  id: 'whatsapp',
  name: 'WhatsApp',
  addressKind: 'phone',
  needs: ['text'],
  fields: ['template'],
};

export type WhatsAppChannelOptions = {
  readonly credentials: {
    readonly accessToken: string;
    /** The id of the sending number, not the number. */
    readonly phoneNumberId: string;
  } | null;
  /** With the version: `https://graph.facebook.com/v23.0`, or a stand-in's. */
  readonly baseUrl: string;
  readonly timeoutMs?: number;
};

/** After this long without a word of the customer's, WhatsApp takes approved templates only. */
export const WHATSAPP_WINDOW_MS = 24 * 60 * 60 * 1000;

const MAX_LENGTH = 4_096;

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const refused = z.object({
  error: z.object({
    code: z.number(),
    message: z.string(),
    error_data: z.object({ details: z.string() }).partial().optional(),
  }),
});

/**
 * Codes of the Graph API that speak of the account or the moment whatever the status: no or an old token (0, 190), faults
 * and too many calls (1, 2, 4, 80007), rates of the number (130429, 131048, 131056), faults and maintenance (131000,
 * 131016, 131057), no payment method (131042).
 */
const ABOUT_THE_ACCOUNT: ReadonlySet<number> = new Set([
  0, 1, 2, 4, 10, 190, 80007, 130429, 131000, 131005, 131016, 131042, 131048, 131056, 131057,
]);
/** The person has switched marketing messages of this business off. */
const STOPPED_MARKETING = 131050;

function resultOf(answer: ProviderAnswer): SendResult {
  const { ok, status, json, retryAfterMs } = answer;
  if (ok) {
    const id = accepted.safeParse(json).data?.messages[0]?.id;
    if (id !== undefined) return { status: 'sent', providerMessageId: id };
    throw new RetryableSendError('whatsapp', `WhatsApp answered ${status} without a message id`, {
      mayHaveGone: true,
    });
  }
  const error = refused.safeParse(json).data?.error;
  if (error === undefined)
    throw new RetryableSendError('whatsapp', `WhatsApp answered HTTP ${status}`, { retryAfterMs });
  const reason = `${error.error_data?.details ?? error.message} (WhatsApp error ${error.code})`;
  if (!refusesForGood(answer) || ABOUT_THE_ACCOUNT.has(error.code))
    throw new RetryableSendError('whatsapp', reason, { retryAfterMs });
  return error.code === STOPPED_MARKETING ? { status: 'rejected', reason, optedOut: true } : rejected(reason);
}

function contentOf({ template, text }: OutboundMessage): object {
  if (template === undefined) return { type: 'text', text: { body: text, preview_url: false } };
  const { name, language, parameters } = template;
  const body = { type: 'body', parameters: parameters.map((each) => ({ type: 'text', text: each })) };
  return {
    type: 'template',
    template: { name, language: { code: language }, components: parameters.length === 0 ? [] : [body] },
  };
}

/**
 * WhatsApp over Meta's Cloud API: approved templates, or free text to somebody who wrote within 24 hours (that is the
 * caller's to know). The API takes no idempotency key, so a send whose answer was lost may reach the person twice.
 */
export function createWhatsAppChannel(options: WhatsAppChannelOptions): Channel {
  const { credentials, baseUrl, timeoutMs = 15_000 } = options;
  return {
    definition: WHATSAPP_DEFINITION,
    async send(message) {
      if (credentials === null) return notConfigured('no WhatsApp credentials');
      if (!isPhoneNumber(message.to))
        return rejected("the customer's phone number is not in E.164 (+4915112345678)");
      if (message.template === undefined && message.text.trim() === '') return rejected('no text');
      if (message.text.length > MAX_LENGTH)
        return rejected(`the text is longer than ${MAX_LENGTH} characters`);
      return resultOf(
        await askProvider({
          channel: 'whatsapp',
          provider: 'WhatsApp',
          url: `${baseUrl}/${encodeURIComponent(credentials.phoneNumberId)}/messages`,
          headers: {
            authorization: `Bearer ${credentials.accessToken}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            messaging_product: 'whatsapp',
            recipient_type: 'individual',
            to: message.to.slice(1),
            ...contentOf(message),
            biz_opaque_callback_data: message.deliveryId,
          }),
          timeoutMs,
        }),
      );
    },
    close: async () => undefined,
  };
}
