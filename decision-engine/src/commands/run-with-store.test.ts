import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { auditedCommand } from './run-with-store.js';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

test('what a command changes stands in the audit log, with what came of it', async () => {
  const change = { what: 'linkKey.drop', input: { keyId: 'k1' } };
  expect(await auditedCommand(store, change, async () => 'dropped')).toBe('dropped');
  const failing = auditedCommand(store, change, async () => {
    throw new Error('There is no older key "k1"');
  });
  await expect(failing).rejects.toThrow('no older key');

  const entries = await store.audit.find({}).sort({ at: 1, _id: 1 }).lean();
  const target = { kind: 'key', id: 'k1', name: 'k1' };
  expect(entries).toMatchObject([
    { who: { kind: 'command' }, what: 'linkKey.drop', target, outcome: 'done', problem: null },
    { who: { kind: 'command' }, target, outcome: 'failed', problem: 'There is no older key "k1"' },
  ]);
});
