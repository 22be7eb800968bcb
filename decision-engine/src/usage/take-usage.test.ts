import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Action } from '../catalogue/action.js';
import { checkContent } from '../catalogue-store/check-content.js';
import type { Store } from '../store/store.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { openTestStore } from '../testing/test-store.js';
import type { Claim } from './claim.js';
import { takeUsage } from './take-usage.js';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
}, 30_000);
afterAll(() => close());

function actionWith(actionId: string, limits: { totalContacts?: number; budget?: number }): Action {
  const checked = checkContent(
    { actions: [actionOf(actionId, { limits })], policies: {}, segments: [] },
    'test',
  );
  const action = checked.ok ? checked.rules.action(actionId) : undefined;
  return action ?? expect.fail(`Expected ${actionId} to be an action`);
}

const claim = (actionId: string, spent = 0): Claim => ({
  actionId,
  state: 'open',
  version: 0,
  held: { contacts: 1, acceptances: 1, spentMicros: spent * 1_000_000 },
  contactMicros: 0,
  acceptanceMicros: spent * 1_000_000,
});
const take = (action: Action, spent?: number) => takeUsage(store, action, claim(action.actionId, spent));
const contactsOf = async (actionId: string) => (await store.usage.findById(actionId).lean())?.contacts;

test('many decisions at once that choose the same write its counter once', async () => {
  const [many, few] = [actionWith('many', { totalContacts: 100 }), actionWith('few', { totalContacts: 100 })];
  const writes = vi.spyOn(store.usage.collection, 'bulkWrite');
  const results = await Promise.all([...Array.from({ length: 20 }, () => take(many)), take(few)]);
  expect(results).toEqual(Array.from({ length: 21 }, () => true));
  expect(writes.mock.calls.map(([operations]) => operations.length)).toEqual([2]);
  writes.mockRestore();
  expect([await contactsOf('many'), await contactsOf('few')]).toEqual([20, 1]);
});

test('where not all of them fit, as many get it as there is room for: in a new counter and in one that has begun', async () => {
  const action = actionWith('seven', { totalContacts: 7 });
  const got = async () =>
    (await Promise.all(Array.from({ length: 5 }, () => take(action)))).filter((each) => each).length;
  expect([await got(), await got(), await got()]).toEqual([5, 2, 0]);
  expect(await contactsOf('seven')).toBe(7);
  const scarce = actionWith('scarce', { totalContacts: 3 });
  expect(
    (await Promise.all(Array.from({ length: 10 }, () => take(scarce)))).filter((each) => each),
  ).toHaveLength(3);
  expect(await contactsOf('scarce')).toBe(3);
});

test('a dear one that does not fit leaves the rest of the budget to cheaper ones', async () => {
  const action = actionWith('money', { budget: 10 });
  expect(await take(action, 4)).toBe(true);
  expect(await Promise.all([take(action, 5), take(action, 7), take(action, 1)])).toEqual([true, false, true]);
});

test('a counter that is broken fails its own decisions and no others', async () => {
  await store.usage.collection.insertOne({ _id: 'broken', contacts: 'three', spentMicros: 0 } as never);
  const [broken, sound] = [actionWith('broken', { budget: 100 }), actionWith('sound', { budget: 100 })];
  const results = await Promise.allSettled([take(sound), take(broken), take(sound), take(broken)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(await contactsOf('sound')).toBe(2);
});
