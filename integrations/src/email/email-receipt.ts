import type { Receipt, ReceiptStatus } from '../channel/receipt.js';
import type { InboundEvent } from '../segment/inbound-event.js';

const STATUS_BY_EVENT: ReadonlyMap<string, ReceiptStatus> = new Map([
  ['Email Delivered', 'delivered'],
  ['Email Opened', 'opened'],
  ['Email Link Clicked', 'clicked'],
  ['Email Bounced', 'failed'],
  ['Email Marked as Spam', 'complained'],
  ['Unsubscribed', 'unsubscribed'],
]);

/**
 * The receipt in an e-mail event of the Segment spec, which is how mail providers' reports come in. SMTP itself
 * reports nothing after acceptance. `email_id` has to be the Message-ID that `send` answered.
 * @returns `undefined` for any other event, and for one that doesn't say which message it is about
 */
export function emailReceiptOf(event: InboundEvent): Receipt | undefined {
  const status = event.type === 'track' ? STATUS_BY_EVENT.get(event.name) : undefined;
  const messageId = event.properties['email_id'];
  if (status === undefined || typeof messageId !== 'string' || messageId === '') return undefined;
  const detail = event.properties['reason'];
  const receipt = { channel: 'email', providerMessageId: messageId, status, at: event.timestamp };
  return typeof detail === 'string' ? { ...receipt, detail } : receipt;
}
