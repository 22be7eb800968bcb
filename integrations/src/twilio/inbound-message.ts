import { type SmsRequest, smsRequestOf } from '../sms/keywords.js';

/** An SMS that somebody sent us. */
export type InboundSms = {
  readonly providerMessageId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** What a one-word message asks for; it has to be honoured before anything else is done with the message. */
  readonly request: SmsRequest | undefined;
};

/** Reads Twilio's call for an incoming message. @returns `undefined` if it is none */
export function inboundSmsOf(parameters: URLSearchParams): InboundSms | undefined {
  const providerMessageId = parameters.get('MessageSid') ?? '';
  const from = parameters.get('From') ?? '';
  const text = parameters.get('Body');
  if (providerMessageId === '' || from === '' || text === null) return undefined;
  return { providerMessageId, from, to: parameters.get('To') ?? '', text, request: smsRequestOf(text) };
}
