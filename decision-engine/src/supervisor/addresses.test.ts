import { expect, test } from 'vitest';
import { reachable, shown } from './addresses.js';

test.each([
  ['127.0.0.1', '127.0.0.1', 'localhost'],
  ['0.0.0.0', '127.0.0.1', 'localhost'],
  ['::', '[::1]', 'localhost'],
  ['::1', '[::1]', 'localhost'],
  ['fd00::7', '[fd00::7]', '[fd00::7]'],
  ['10.1.2.3', '10.1.2.3', '10.1.2.3'],
  ['segue.example.com', 'segue.example.com', 'segue.example.com'],
])('a server on %s is reached at %s and shown as %s', (host, here, typed) => {
  expect(reachable(host)).toBe(here);
  expect(shown(host)).toBe(typed);
});
