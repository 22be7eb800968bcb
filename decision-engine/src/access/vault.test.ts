import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSecretKey } from './secret-key.js';
import { createVault, isSealed } from './vault.js';

const vault = createVault(Buffer.alloc(32, 1));

const changedAtEnd = (text: string) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');

describe('a vault', () => {
  test('gives back what it sealed, and seals the same text differently each time', () => {
    const sealed = vault.seal('JBSWY3DPEHPK3PXP', 'agt_1');
    expect(vault.open(sealed, 'agt_1')).toBe('JBSWY3DPEHPK3PXP');
    expect(sealed).not.toContain('JBSWY3DP');
    expect(vault.seal('JBSWY3DPEHPK3PXP', 'agt_1')).not.toBe(sealed);
    expect([isSealed(sealed), isSealed('JBSWY3DPEHPK3PXP')]).toEqual([true, false]);
  });

  test.each([
    ['for somebody else', (sealed: string) => vault.open(sealed, 'agt_2')],
    ['with another key', (sealed: string) => createVault(Buffer.alloc(32, 2)).open(sealed, 'agt_1')],
    ['changed', (sealed: string) => vault.open(changedAtEnd(sealed), 'agt_1')],
    ['cut', (sealed: string) => vault.open(sealed.slice(0, 20), 'agt_1')],
    ['never sealed', () => vault.open('JBSWY3DPEHPK3PXP', 'agt_1')],
  ])('does not open what is %s', (_, open) => {
    expect(() => open(vault.seal('a secret of some length', 'agt_1'))).toThrow(/SEGUE_SECRET_KEY/);
  });

  test('takes no other key than one of 32 bytes', () => {
    expect(() => createVault(Buffer.alloc(16))).toThrow(/32 bytes, got 16/);
  });
});

describe('readSecretKey', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'segue-key-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('makes one at the first start, for the owner alone, and keeps it', async () => {
    const data = path.join(folder, 'data');
    const keys = await Promise.all([readSecretKey(null, data), readSecretKey(null, data)]);
    expect(keys[0]).toHaveLength(32);
    expect(keys[1]).toEqual(keys[0]);
    expect(await readSecretKey(null, data)).toEqual(keys[0]);
    const file = path.join(data, 'secret.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trim()).toBe(keys[0]?.toString('base64'));
  });

  test('takes that of the settings and makes none', async () => {
    const given = Buffer.alloc(32, 9);
    expect(await readSecretKey(given, path.join(folder, 'none'))).toBe(given);
    await expect(stat(path.join(folder, 'none'))).rejects.toThrow();
  });
});
