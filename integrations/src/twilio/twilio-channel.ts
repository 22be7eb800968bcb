import { z } from 'zod';
import {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from '../channel/channel.js';
import { isPhoneNumber } from '../sms/phone-number.js';

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
  /** Where Twilio reports what became of a message. */
  readonly statusCallback?: string;
  readonly timeoutMs?: number;
};

/** Twilio's own limit on a message's text. */
const MAX_LENGTH = 1_600;

const accepted = z.object({ sid: z.string().min(1) });
const refused = z.object({ code: z.number().optional(), message: z.string() });

const rejected = (reason: string): SendResult => ({ status: 'rejected', reason });

/** Statuses that speak of the account or the moment, not of the message: they pass once repaired. */
const ABOUT_THE_ACCOUNT = new Set([401, 403, 404, 408, 429]);

async function resultOf(response: Response): Promise<SendResult> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const parsed = accepted.safeParse(body);
    if (parsed.success) return { status: 'sent', providerMessageId: parsed.data.sid };
    throw new RetryableSendError('sms', `Twilio answered ${response.status} without a message SID`);
  }
  const parsed = refused.safeParse(body);
  const code = parsed.data?.code === undefined ? '' : ` (Twilio error ${parsed.data.code})`;
  const reason = `${parsed.data?.message ?? `HTTP ${response.status}`}${code}`;
  const permanent =
    response.status >= 400 && response.status < 500 && !ABOUT_THE_ACCOUNT.has(response.status);
  // A refusal Twilio doesn't explain in its own words may come from something in between.
  if (permanent && parsed.success) return rejected(reason);
  throw new RetryableSendError('sms', reason);
}

function formOf(message: OutboundMessage, from: string, statusCallback: string | undefined): URLSearchParams {
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? 'MessagingServiceSid' : 'From';
  const form = new URLSearchParams({ To: message.to, [sender]: from, Body: message.text });
  if (statusCallback !== undefined) form.set('StatusCallback', statusCallback);
  return form;
}

/**
 * SMS over Twilio's Messages API. Twilio takes no idempotency key, so a send whose answer was lost and that is repeated
 * may reach the person twice.
 */
export function createTwilioChannel(options: TwilioChannelOptions): Channel {
  const { credentials, baseUrl = 'https://api.twilio.com', statusCallback, timeoutMs = 15_000 } = options;
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
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
        body: formOf(message, from, statusCallback),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((cause: unknown) => {
        throw new RetryableSendError('sms', 'Twilio could not be reached', { cause });
      });
      return resultOf(response);
    },
    close: async () => undefined,
  };
}
