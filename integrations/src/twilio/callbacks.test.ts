import { describe, expect, it } from 'vitest';
import { inboundSmsOf } from './inbound-message.js';
import { twilioReceiptOf } from './status-callback.js';

const at = new Date('2025-06-01T12:00:00Z');
const callback = (fields: Record<string, string>) => twilioReceiptOf(new URLSearchParams(fields), at);

describe('twilioReceiptOf', () => {
  it.each([
    ['delivered', 'delivered'],
    ['read', 'opened'],
    ['failed', 'failed'],
    ['undelivered', 'failed'],
  ])('reads %s', (word, status) => {
    expect(callback({ MessageSid: 'SM1', MessageStatus: word, Unknown: 'x' })).toMatchObject({
      providerMessageId: 'SM1',
      status,
      at,
    });
  });

  it('keeps the error code', () => {
    expect(callback({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' })?.detail).toBe(
      'undelivered, Twilio error 30003',
    );
  });

  it.each(['queued', 'sending', 'sent', 'scheduled', 'something-new'])('takes %s for no receipt', (word) => {
    expect(callback({ MessageSid: 'SM1', MessageStatus: word })).toBeUndefined();
  });

  it('takes a callback about no message for no receipt', () => {
    expect(callback({ MessageStatus: 'delivered' })).toBeUndefined();
  });
});

describe('inboundSmsOf', () => {
  it('reads a message and what it asks for', () => {
    const fields = {
      MessageSid: 'SM2',
      From: '+4915112345678',
      To: '+15005550006',
      Body: ' Stop ',
      NumMedia: '0',
    };
    expect(inboundSmsOf(new URLSearchParams(fields))).toEqual({
      providerMessageId: 'SM2',
      from: '+4915112345678',
      to: '+15005550006',
      text: ' Stop ',
      request: 'stop',
    });
  });

  it('takes a status callback for no message', () => {
    expect(
      inboundSmsOf(new URLSearchParams({ MessageSid: 'SM2', From: '+1', MessageStatus: 'sent' })),
    ).toBeUndefined();
  });
});
