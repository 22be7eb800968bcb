import { expect, test } from 'vitest';
import type { ConflictView, MergeView } from '../engine/engine-types';
import { becauseWords, differsWords, identityWords, summaryWords } from './merge-words';

const merge: MergeView = {
  mergeId: 'mrg_1',
  absorbedId: 'cus_2',
  absorbedName: 'Somebody',
  because: {
    messageId: 'm',
    eventType: 'identify',
    identities: [],
    at: '2026-11-22T12:00:00.000Z',
  },
  state: 'merged',
  identities: [],
  events: 1,
  decisions: 0,
  differs: [],
  whyNot: null,
  undone: null,
};

test('what is said of a customer who was several', () => {
  const undone = { ...merge, undone: { at: null, by: 'Ada', reason: '' } };
  const conflicts: ConflictView[] = [
    {
      conflictId: 'cfl_1',
      customerId: 'cus_1',
      customerName: 'A',
      otherId: 'cus_3',
      otherName: 'B',
      identity: { kind: 'email', value: 'b@example.com' },
      reason: 'other-user-id',
      messageId: 'm',
      at: '2026-11-22T12:00:00.000Z',
    },
  ];
  expect(summaryWords([merge, merge, undone], conflicts)).toBe('3 became one, 1 taken apart, 1 in dispute');
  expect(summaryWords([], conflicts)).toBe('1 in dispute');
});

test('identities, differences and causes in words', () => {
  expect(identityWords({ kind: 'anonymousId', value: 'x'.repeat(40) })).toBe(`visitor ${'x'.repeat(28)}…`);
  expect(identityWords({ kind: 'email', value: 'a@example.com' })).toBe('a@example.com');
  expect(differsWords(['userId', 'email'])).toBe('two user ids and e-mail addresses');
  expect(becauseWords(null)).toBe('not recorded why');
  expect(becauseWords(merge.because)).toBe('an event named both (identify)');
});
