import { expect, it } from 'vitest';
import { parseSegmentMessage } from '../segment/parse-segment-message.js';
import { emailReceiptOf } from './email-receipt.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');

function receiptOf(raw: object) {
  const parsed = parseSegmentMessage({ type: 'track', userId: 'u', ...raw }, { receivedAt });
  return parsed.ok ? emailReceiptOf(parsed.event) : parsed.issues;
}

it('reads a bounce that a mail provider reports as a Segment event', () => {
  const properties = { email_id: '<delivery-1@segue.example>', reason: 'mailbox full' };
  expect(receiptOf({ event: 'Email Bounced', properties })).toEqual({
    channel: 'email',
    providerMessageId: '<delivery-1@segue.example>',
    status: 'failed',
    at: receivedAt,
    detail: 'mailbox full',
  });
});

it('leaves events alone that are no receipts, or for no known message', () => {
  expect(receiptOf({ event: 'Order Completed', properties: { email_id: 'x' } })).toBeUndefined();
  expect(receiptOf({ event: 'Email Opened', properties: {} })).toBeUndefined();
});
