import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import type { AgentDocument } from './agent-document.js';
import { createAgent } from './agents.js';
import { sealSecondFactors } from './seal-second-factors.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  hasSecondFactor,
  removeSecondFactor,
  takeSecondFactor,
} from './second-factor.js';
import { createVault } from './vault.js';

let store: Store;
const vault = createVault(Buffer.alloc(32, 7));
const shell = () => ({ store, vault });
let close: () => Promise<void>;
const now = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  await createAgent(store, {
    agentId: 'agt_1',
    email: 'ada@example.com',
    name: 'Ada',
    role: 'agent',
    password: 'a long password',
    createdAt: now,
  });
}, 30_000);
afterAll(() => close());

async function ada(): Promise<AgentDocument> {
  const agent = await store.agents.findById('agt_1').lean<AgentDocument | null>();
  return agent ?? expect.fail('unknown');
}

const codeAt = (secret: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

test('it is on once a code was shown, each code counts once, and recovery codes are spent', async () => {
  const begun = await beginSecondFactor(shell(), 'agt_1');
  const secret = begun?.secret ?? '';
  expect(begun?.uri).toMatch(/^otpauth:\/\/totp\/Segue:ada%40example\.com\?issuer=Segue&secret=/);
  expect(hasSecondFactor(await ada())).toBe(false);
  expect(await confirmSecondFactor(shell(), { agentId: 'agt_1', code: '000000', now })).toBeNull();

  const codes = await confirmSecondFactor(shell(), { agentId: 'agt_1', code: codeAt(secret, now), now });
  expect(codes).toHaveLength(10);
  expect(hasSecondFactor(await ada())).toBe(true);
  expect(JSON.stringify(await ada())).not.toContain(codes?.[0]?.slice(0, 5));
  expect(await beginSecondFactor(shell(), 'agt_1')).toBeNull();

  // The code that confirmed it is used up; the next one is good, once.
  const take = async (code: string, at: Date) =>
    takeSecondFactor(shell(), { agent: await ada(), code, now: at });
  expect(await take(codeAt(secret, now), now)).toBe(false);
  const next = codeAt(secret, later(30));
  expect(await take(next, later(31))).toBe(true);
  expect(await take(next, later(32))).toBe(false);
  expect(await take(codeAt(secret, now), later(120))).toBe(false);
  expect(await take('no code', later(120))).toBe(false);

  const recovery = codes?.[3] ?? '';
  expect(await take(recovery.toUpperCase(), later(200))).toBe(true);
  expect(await take(recovery, later(200))).toBe(false);
  expect((await ada()).totp?.recovery).toHaveLength(9);

  await removeSecondFactor(store, 'agt_1');
  expect(hasSecondFactor(await ada())).toBe(false);
});

test('of two who send one code at once, one comes in', async () => {
  const secret = (await beginSecondFactor(shell(), 'agt_1'))?.secret ?? '';
  await confirmSecondFactor(shell(), { agentId: 'agt_1', code: codeAt(secret, now), now });
  const agent = await ada();
  const code = codeAt(secret, later(60));
  const taken = await Promise.all(
    Array.from({ length: 5 }, () => takeSecondFactor(shell(), { agent, code, now: later(60) })),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test('secrets from before there was a vault are sealed once, and their codes go on', async () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const totp = { secret, confirmedAt: now, usedStep: 0, recovery: [] };
  await store.agents.updateOne({ _id: 'agt_1' }, { $set: { totp } });
  expect([await sealSecondFactors(store, vault), await sealSecondFactors(store, vault)]).toEqual([1, 0]);
  expect(JSON.stringify(await ada())).not.toContain(secret);
  const code = codeAt(secret, now);
  expect(await takeSecondFactor(shell(), { agent: await ada(), code, now })).toBe(true);
});
