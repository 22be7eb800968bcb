import { expect, it } from 'vitest';
import { smsRequestOf } from './keywords.js';

it.each([
  ['STOP', 'stop'],
  [' stop\n', 'stop'],
  ['Unsubscribe', 'stop'],
  ['optout', 'stop'],
  ['start', 'start'],
  ['YES', 'start'],
  ['info', 'help'],
])('takes %j for %s', (text, request) => {
  expect(smsRequestOf(text)).toBe(request);
});

it.each(['please stop', 'STOP!', 'no', '', 'stop stop'])('leaves %j to people', (text) => {
  expect(smsRequestOf(text)).toBeUndefined();
});
