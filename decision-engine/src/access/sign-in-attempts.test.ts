import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { createSignInAttempts } from './sign-in-attempts.js';

let store: Store;
let close: () => Promise<void>;
let now = new Date('2026-03-01T12:00:00Z');
const attempts = () => createSignInAttempts(store, () => now);

beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

test('counts over restarts and processes until the window is over, and names nobody', async () => {
  await Promise.all(Array.from({ length: 9 }, () => attempts().count('email', 'ada@example.com')));
  expect(await attempts().spent('email', 'ada@example.com')).toBeNull();
  await attempts().count('email', 'ada@example.com');
  now = new Date(now.getTime() + 5 * 60_000);
  expect(await attempts().spent('email', 'ada@example.com')).toBe(10 * 60_000);
  expect(await attempts().spent('email', 'bo@example.com')).toBeNull();
  expect(await attempts().spent('address', 'ada@example.com')).toBeNull();
  expect(JSON.stringify(await store.attempts.find().lean())).not.toContain('ada');

  now = new Date(now.getTime() + 10 * 60_000);
  expect(await attempts().spent('email', 'ada@example.com')).toBeNull();
  await attempts().count('email', 'ada@example.com');
  expect(await store.attempts.findOne().lean()).toMatchObject({ count: 1 });
});

test('forgets who signed in', async () => {
  for (let tries = 0; tries < 10; tries += 1) await attempts().count('email', 'cy@example.com');
  await attempts().forget('email', 'cy@example.com');
  expect(await attempts().spent('email', 'cy@example.com')).toBeNull();
});
