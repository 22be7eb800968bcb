import type { Receipt, ReceiptStatus } from '../channel/receipt.js';

const STATUSES: ReadonlyMap<string, ReceiptStatus> = new Map([
  ['delivered', 'delivered'],
  ['read', 'opened'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/**
 * The receipt in a status callback of Twilio.
 * @param at when it was received; callbacks carry no time
 * @returns `undefined` for the stations on the way (`queued`, `sending`, `sent` …) and for statuses not known yet
 */
export function twilioReceiptOf(parameters: URLSearchParams, at: Date): Receipt | undefined {
  const providerMessageId = parameters.get('MessageSid') ?? parameters.get('SmsSid') ?? '';
  const word = parameters.get('MessageStatus') ?? parameters.get('SmsStatus') ?? '';
  const status = STATUSES.get(word);
  if (providerMessageId === '' || status === undefined) return undefined;
  const receipt = { channel: 'sms', providerMessageId, status, at };
  if (status !== 'failed') return receipt;
  const errorCode = parameters.get('ErrorCode');
  return { ...receipt, detail: errorCode === null ? word : `${word}, Twilio error ${errorCode}` };
}
