import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { createCustomerLinks } from './customer-links.js';
import { dropLinkKey, readLinkKeys, rotateLinkKeys } from './link-keys.js';
import { readLinkKeysArguments, runLinkKeysCommand } from './link-keys-command.js';
import { createLinkSigner } from './link-signer.js';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

let now = new Date('2026-11-22T12:00:00Z');
const clock = () => now;
const later = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds);
};
const links = () => createCustomerLinks(createLinkSigner(store, clock), 'https://shop.example/');
const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
const asked = { customerId: 'cus_1', channel: 'email', purpose: 'marketing' } as const;

describe('signed links', () => {
  test('a link names what it was made for, to every engine on the store', async () => {
    const url = await links().make('unsubscribe', asked);
    expect(url).toMatch(/^https:\/\/shop\.example\/c\/unsubscribe\/[\w.-]+$/);
    expect(await links().read('unsubscribe', tokenOf(url))).toEqual(asked);
  });

  test('one character changed, another kind, another payload or no token at all: nothing', async () => {
    const token = tokenOf(await links().make('preferences', { customerId: 'cus_1' }));
    const [key, payload, signature] = token.split('.');
    const other = Buffer.from(JSON.stringify({ customerId: 'cus_2' })).toString('base64url');
    const forged = [
      `${key}.${other}.${signature}`,
      `${key}.${payload}.${'A'.repeat(43)}`,
      `deadbeef.${payload}.${signature}`,
      `${token}x`,
      token.slice(0, -1),
      '',
      '..',
      'a'.repeat(5_000),
    ];
    for (const each of forged) expect(await links().read('preferences', each)).toBeNull();
    expect(await links().read('unsubscribe', token)).toBeNull();
  });

  test('after a rotation the new key signs and old links work, until their key is taken back', async () => {
    const running = links();
    const old = tokenOf(await running.make('preferences', { customerId: 'cus_1' }));
    const [before] = await readLinkKeys(store, now);
    const added = await rotateLinkKeys(store, now);
    later(60_000);
    const fresh = tokenOf(await running.make('preferences', { customerId: 'cus_1' }));
    expect(fresh.startsWith(added)).toBe(true);
    expect(await running.read('preferences', old)).toEqual({ customerId: 'cus_1' });
    expect(await dropLinkKey(store, added, now)).toBe(false);
    expect(await dropLinkKey(store, before?.keyId ?? '', now)).toBe(true);
    later(60_000);
    expect(await running.read('preferences', old)).toBeNull();
    expect(await running.read('preferences', fresh)).toEqual({ customerId: 'cus_1' });
  });

  test("a link signed by another engine's new key works before the next look at the keys", async () => {
    const running = links();
    await running.make('preferences', { customerId: 'cus_1' });
    later(5_000);
    await rotateLinkKeys(store, now);
    const fresh = tokenOf(await links().make('preferences', { customerId: 'cus_3' }));
    expect(await running.read('preferences', fresh)).toEqual({ customerId: 'cus_3' });
  });

  test('the command lists, rotates and takes back keys, and never shows a secret', async () => {
    const lines: string[] = [];
    const run = (...args: string[]) => {
      const read = readLinkKeysArguments(args);
      if (read === 'help' || 'problem' in read) throw new Error('Expected a command');
      return runLinkKeysCommand(store, read, { now, print: (line) => void lines.push(line) });
    };
    const [before] = await readLinkKeys(store, now);
    await run('rotate');
    await run('list');
    expect(lines[1]).toMatch(/^[0-9a-f]{8} {2}made 2026-11-22 {2}signs$/);
    expect(lines.join()).not.toContain(before?.secret);
    expect([await run('drop', before?.keyId ?? ''), await run('drop', 'nobody')]).toEqual([0, 1]);
    expect(readLinkKeysArguments(['drop'])).toEqual({ problem: expect.stringContaining('got drop') });
    expect(readLinkKeysArguments(['--help'])).toBe('help');
  });

  test('engines that start at once make one key', async () => {
    await store.notes.deleteMany({});
    const read = await Promise.all(Array.from({ length: 8 }, () => readLinkKeys(store, now)));
    expect(new Set(read.map(([key]) => key?.keyId)).size).toBe(1);
  });
});
