import { expect, it, vi } from 'vitest';
import { createTrouble } from './trouble';

it('counts from the first failure until something works again', () => {
  let now = 1000;
  const trouble = createTrouble(() => now);
  const heard = vi.fn();
  trouble.subscribe(heard);
  trouble.worked();
  expect([trouble.since(), heard.mock.calls.length]).toEqual([null, 0]);
  trouble.failed();
  now = 2000;
  trouble.failed();
  expect([trouble.since(), heard.mock.calls.length]).toEqual([1000, 1]);
  trouble.worked();
  expect([trouble.since(), heard.mock.calls.length]).toEqual([null, 2]);
});
