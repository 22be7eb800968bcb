import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkZendeskCall } from './zendesk-signature.js';

const SECRET = 'dGhlIHNlY3JldA==';
const rawBody = '{"type":"zen:event-type:ticket.created"}';
const now = new Date('2026-11-22T12:00:00Z');

function signed(timestamp: string, secret = SECRET) {
  const signature = createHmac('sha256', secret)
    .update(timestamp + rawBody)
    .digest('base64');
  return { rawBody, timestamp, signature };
}
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();

test.each([0, -299_000, 299_000])('a call signed %d ms from now is taken', (ms) => {
  expect(checkZendeskCall(signed(at(ms)), ['of another webhook', SECRET], now)).toEqual({ ok: true });
});

test.each([
  ['an old recording', signed(at(-301_000)), 'expired'],
  ['one from the future', signed(at(301_000)), 'expired'],
  ['a time that is none', signed('yesterday'), 'expired'],
  ['another secret', signed(at(0), 'another'), 'wrong'],
  ['another body', { ...signed(at(0)), rawBody: '{}' }, 'wrong'],
  ['another time', { ...signed(at(0)), timestamp: at(1000) }, 'wrong'],
  ['no signature', { rawBody, timestamp: at(0), signature: undefined }, 'wrong'],
  ['no time', { ...signed(at(0)), timestamp: undefined }, 'wrong'],
] as const)('%s is refused', (_what, call, reason) => {
  expect(checkZendeskCall(call, [SECRET, 'a second one'], now)).toEqual({ ok: false, reason });
});

test.each([[['']], [[]]])('without a secret nothing is taken: %j', (secrets) => {
  expect(checkZendeskCall(signed(at(0), ''), secrets, now)).toEqual({ ok: false, reason: 'wrong' });
});
