import { expect, test } from 'vitest';
import type { ActionUsage } from '../decide/decide-input.js';
import { createKnownUsage } from './known-usage.js';

function counted() {
  const stored = new Map<string, ActionUsage>([['a', { contacts: 1, acceptances: 0, spent: 2 }]]);
  const state = { now: 0, reads: 0, stored };
  const known = createKnownUsage({
    read: async (actionIds) => {
      state.reads++;
      return new Map([...stored].filter(([actionId]) => actionIds.includes(actionId)));
    },
    milliseconds: () => state.now,
  });
  return { state, known };
}

test('is read once, and knows what this process takes and gives back', async () => {
  const { state, known } = counted();
  await known.of(['a', 'b']);
  known.changed('a', { contacts: 1, acceptances: 1, spentMicros: 3_000_000 });
  known.changed('b', { contacts: 1, acceptances: 0, spentMicros: 0 });
  known.changed('b', { contacts: -1, acceptances: 0, spentMicros: 0 });
  expect(Object.fromEntries(await known.of(['a', 'b']))).toEqual({
    a: { contacts: 2, acceptances: 1, spent: 5 },
    b: { contacts: 0, acceptances: 0, spent: 0 },
  });
  expect(state.reads).toBe(1);
});

test('what others use is seen after half a second, without waiting for it', async () => {
  const { state, known } = counted();
  await known.of(['a']);
  state.stored.set('a', { contacts: 9, acceptances: 0, spent: 2 });
  state.now = 501;
  expect((await known.of(['a'])).get('a')?.contacts).toBe(1);
  await expect.poll(async () => (await known.of(['a'])).get('a')?.contacts).toBe(9);
});

test('after five seconds, and for actions it has not read, it is read first', async () => {
  const { state, known } = counted();
  await known.of(['a']);
  state.stored.set('a', { contacts: 9, acceptances: 0, spent: 2 });
  state.now = 5_001;
  expect((await known.of(['a'])).get('a')?.contacts).toBe(9);
  state.stored.set('c', { contacts: 4, acceptances: 0, spent: 0 });
  expect((await known.of(['a', 'c'])).get('c')?.contacts).toBe(4);
});

test('what is given back while it is read is not lost', async () => {
  const { known } = counted();
  const first = known.of(['a']);
  known.changed('a', { contacts: -1, acceptances: 0, spentMicros: 0 });
  expect((await first).get('a')?.contacts).toBe(1);
  expect((await known.of(['a'])).get('a')?.contacts).toBe(1);
});

test('where something is given back all the time, what others use is seen within five seconds all the same', async () => {
  const { state, known } = counted();
  await known.of(['a']);
  state.stored.set('a', { contacts: 9, acceptances: 0, spent: 2 });
  state.now = 5_001;
  const reading = known.of(['a']);
  known.changed('a', { contacts: -1, acceptances: 0, spentMicros: 0 });
  expect((await reading).get('a')?.contacts).toBe(9);
});

test('a store that does not answer fails who has to know, and nobody after it came back', async () => {
  const answers: (() => Promise<ReadonlyMap<string, ActionUsage>>)[] = [
    () => Promise.reject(new Error('gone')),
    async () => new Map(),
    () => Promise.reject(new Error('gone again')),
    async () => new Map([['a', { contacts: 1, acceptances: 0, spent: 0 }]]),
  ];
  let now = 0;
  const known = createKnownUsage({
    read: () => answers.shift()?.() ?? Promise.reject(new Error('Expected no more reads')),
    milliseconds: () => now,
  });
  await expect(Promise.all([known.of(['a']), known.of(['a'])])).rejects.toThrow('gone');
  expect(await known.of(['a'])).toEqual(new Map());
  now = 600;
  // Looked at again in the background: that it fails is nobody's fault.
  expect(await known.of(['a'])).toEqual(new Map());
  await expect.poll(async () => (await known.of(['a'])).get('a')?.contacts).toBe(1);
});
