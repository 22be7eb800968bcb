import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFirstAccess } from '../start/first-access.js';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { checkPassword, createAgent } from './agents.js';
import { createApiKey, keyInHeader, ownerOfKey } from './api-keys.js';
import { giveNewPassword } from './new-password-command.js';
import { newPassword } from './secrets.js';
import { agentOfSession, endSession, SESSION_HOURS, startSession } from './sessions.js';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

const now = new Date('2026-03-01T12:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe('the first start', () => {
  test('makes one admin and one key, and only once', async () => {
    const ids = { now, newId: (prefix: string) => `${prefix}_1` };
    const access = await createFirstAccess(store, ids);
    expect(access).toMatchObject({
      email: 'admin@segue.local',
      password: expect.stringMatching(/^(\w{5}-){3}\w{5}$/),
    });
    const admin = await checkPassword(store, {
      email: 'ADMIN@segue.local ',
      password: access?.password ?? '',
    });
    expect(admin).toMatchObject({ role: 'admin' });
    expect(await ownerOfKey(store, access?.apiKey ?? '', now)).toMatchObject({
      scopes: expect.arrayContaining(['decide']),
    });
    expect(await createFirstAccess(store, ids)).toBeNull();
  });

  test('nothing of the secrets is stored as it is', async () => {
    const password = newPassword();
    await createAgent(store, {
      agentId: 'agt_2',
      email: 'two@example.com',
      name: 'Two',
      role: 'agent',
      password,
      createdAt: now,
    });
    const key = await createApiKey(store, { name: 'k', scopes: ['decide'], now });
    const { token } = await startSession(store, { agentId: 'agt_2', now });
    const everything = JSON.stringify([
      await store.agents.find().lean(),
      await store.apiKeys.find().lean(),
      await store.sessions.find().lean(),
    ]);
    for (const secret of [password, key, token]) expect(everything).not.toContain(secret);
    expect(everything).toContain('$argon2id$');
  });
});

describe('sessions', () => {
  test('last their hours and end at once when they are ended', async () => {
    const first = await startSession(store, { agentId: 'agt_2', now });
    expect(await agentOfSession(store, first.token, later(SESSION_HOURS - 0.1))).toMatchObject({
      name: 'Two',
    });
    expect(await agentOfSession(store, first.token, later(SESSION_HOURS))).toBeNull();
    const second = await startSession(store, { agentId: 'agt_2', now });
    await endSession(store, second.token);
    expect(await agentOfSession(store, second.token, now)).toBeNull();
  });

  test('a new password ends them and the old one', async () => {
    const { token } = await startSession(store, { agentId: 'agt_2', now });
    const password = await giveNewPassword(store, 'two@example.com');
    expect(await agentOfSession(store, token, now)).toBeNull();
    expect(await checkPassword(store, { email: 'two@example.com', password: password ?? '' })).not.toBeNull();
    expect(await giveNewPassword(store, 'nobody@example.com')).toBeNull();
  });
});

describe('keyInHeader', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  test.each([
    [undefined, null],
    ['', null],
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    [basic('abc:'), 'abc'],
    [basic('abc:password'), 'abc'],
    [basic(':'), null],
    ['Basic !!!', null],
    ['Digest abc', null],
  ])('%s', (header, key) => {
    expect(keyInHeader(header)).toBe(key);
  });
});
