import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkChatwootCall } from './signature.js';

const SECRET = 'webhook-secret';
const now = new Date('2025-06-01T12:00:00Z');
const rawBody = '{"event":"message_created"}';

function call(secondsAgo = 0, secret = SECRET) {
  const timestamp = String(now.getTime() / 1000 - secondsAgo);
  const hex = createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex');
  return { rawBody, timestamp, signature: `sha256=${hex}` };
}

describe('checkChatwootCall', () => {
  it('accepts what Chatwoot signed within five minutes', () => {
    expect([0, 300, -300].map((seconds) => checkChatwootCall(call(seconds), SECRET, now))).toEqual([
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
  });

  it.each([
    ['an old call', call(301), 'expired'],
    ['a call from the future', call(-301), 'expired'],
    ['another secret', call(0, 'other'), 'wrong'],
    ['a changed body', { ...call(), rawBody: `${rawBody} ` }, 'wrong'],
    ['a moved timestamp', { ...call(400), timestamp: call().timestamp }, 'wrong'],
    ['no signature', { ...call(), signature: undefined }, 'missing'],
    ['no timestamp', { ...call(), timestamp: undefined }, 'missing'],
    ['half a signature', { ...call(), signature: 'sha256=' }, 'wrong'],
  ])('refuses %s', (...[, signed, reason]) => {
    expect(checkChatwootCall(signed, SECRET, now)).toEqual({ ok: false, reason });
  });

  it('refuses everything while there is no secret', () => {
    expect(checkChatwootCall(call(0, ''), '', now)).toEqual({ ok: false, reason: 'missing' });
  });
});
