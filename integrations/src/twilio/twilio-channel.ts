import { z } from 'zod';
import {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from '../channel/channel.js';
import { rejected } from '../channel/not-sent.js';
import { askProvider, type ProviderAnswer, refusesForGood } from '../http/ask-provider.js';
import { isPhoneNumber } from '../sms/phone-number.js';
import { measureSms } from '../sms/segments.js';

export const SMS_DEFINITION: ChannelDefinition = {
  id: 'sms',
  name: 'SMS',
  addressKind: 'phone',
  needs: ['text'],
  fields: [],
};

export type TwilioChannelOptions = {
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    /** A number in E.164 or a sender name, or the SID of a messaging service (`MG…`). */
    readonly from: string;
  } | null;
  /** Of Twilio, or of a stand-in; `https://api.twilio.com` unless told. */
  readonly baseUrl?: string;
  /** Where Twilio reports what became of the message of this delivery; null = nowhere. */
  readonly statusCallback?: (deliveryId: string) => string | null;
  readonly timeoutMs?: number;
};

/** Twilio's own limit on a message's text. */
const MAX_LENGTH = 1_600;

const accepted = z.object({ sid: z.string().min(1) });
const refused = z.object({ code: z.number().optional(), message: z.string() });

/** "Attempt to send to unsubscribed recipient": a STOP that Twilio knows of. */
const UNSUBSCRIBED = 21610;

function resultOf(response: ProviderAnswer): SendResult {
  const { json: body, retryAfterMs } = response;
  if (response.ok) {
    const parsed = accepted.safeParse(body);
    if (parsed.success) return { status: 'sent', providerMessageId: parsed.data.sid };
    throw new RetryableSendError('sms', `Twilio answered ${response.status} without a message SID`, {
      mayHaveGone: true,
    });
  }
  const parsed = refused.safeParse(body);
  const code = parsed.data?.code === undefined ? '' : ` (Twilio error ${parsed.data.code})`;
  const reason = `${parsed.data?.message ?? `HTTP ${response.status}`}${code}`;
  if (parsed.data?.code === UNSUBSCRIBED) return { status: 'rejected', reason, optedOut: true };
  // A refusal Twilio doesn't explain in its own words may come from something in between.
  if (refusesForGood(response) && parsed.success) return rejected(reason);
  throw new RetryableSendError('sms', reason, { retryAfterMs });
}

/** A long text, or one with a letter outside the SMS alphabet, is paid for several times: the record says how often, and why. */
function withCount(result: SendResult, text: string): SendResult {
  const { segments, costly } = measureSms(text);
  if (result.status !== 'sent' || segments < 2) return result;
  const why = costly.length === 0 ? '' : `, because of ${costly.slice(0, 5).join(' ')}`;
  return { ...result, note: `sent as ${segments} SMS${why}` };
}

function formOf(message: OutboundMessage, from: string, statusCallback: string | null): URLSearchParams {
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? 'MessagingServiceSid' : 'From';
  const form = new URLSearchParams({ To: message.to, [sender]: from, Body: message.text });
  if (statusCallback !== null) form.set('StatusCallback', statusCallback);
  return form;
}

/**
 * SMS over Twilio's Messages API. Twilio takes no idempotency key, so a send whose answer was lost and that is repeated
 * may reach the person twice.
 */
export function createTwilioChannel(options: TwilioChannelOptions): Channel {
  const {
    credentials,
    baseUrl = 'https://api.twilio.com',
    statusCallback = () => null,
    timeoutMs = 15_000,
  } = options;
  return {
    definition: SMS_DEFINITION,
    async send(message) {
      if (!credentials) return { status: 'not-configured', reason: 'no Twilio credentials' };
      if (!isPhoneNumber(message.to))
        return rejected("the customer's phone number is not in E.164 (+4915112345678)");
      if (message.text.trim() === '') return rejected('no text');
      if (message.text.length > MAX_LENGTH)
        return rejected(`the text is longer than ${MAX_LENGTH} characters`);
      const { accountSid, authToken, from } = credentials;
      const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
      const response = await askProvider({
        channel: 'sms',
        provider: 'Twilio',
        url,
        headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
        body: formOf(message, from, statusCallback(message.deliveryId)),
        timeoutMs,
      });
      return withCount(resultOf(response), message.text);
    },
    close: async () => undefined,
  };
}
