import { expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { parseRequest } from './parse-request.js';
import { decideRequest } from './shapes/decision.js';

function refused(body: unknown): ApiError {
  try {
    parseRequest(decideRequest, body);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('Expected the request to be refused');
}

const customer = { userId: 'u-1' };

it.each<[string, unknown, string]>([
  ['a missing field', { channel: 'web' }, 'Expected "customer" to be object, got nothing'],
  ['a number too large', { customer, channel: 'web', slots: 99 }, 'Expected "slots" to be <= 10, got 99'],
  [
    'an empty text',
    { customer, channel: '' },
    'Expected "channel" to have at least 1 characters, got a string of 0 characters',
  ],
  [
    'another kind of value',
    { customer, channel: 'web', context: { page: ['x'] } },
    'Expected "context.page" to be string, or number, or boolean, or null, got a list of 1',
  ],
  [
    'nobody named',
    { customer: {}, channel: 'web' },
    'Expected "customer" to be named by exactly one of customerId, userId, anonymousId, email, phone, externalId, got an object',
  ],
  [
    'an unknown field',
    { customer, channel: 'web', colour: 'red' },
    'Expected the request to have no other fields than those documented, got colour',
  ],
])('names the field, the rule and what came: %s', (_what, body, message) => {
  expect(refused(body).message).toBe(message);
});

it('does not send texts back', () => {
  const { body } = refused({ customer: { email: 'x' }, channel: 'w'.repeat(65) });
  expect(body.error.issues).toEqual([
    { path: 'customer.email', expected: 'to have at least 3 characters', got: 'a string of 1 characters' },
    { path: 'channel', expected: 'to have at most 64 characters', got: 'a string of 65 characters' },
  ]);
});
