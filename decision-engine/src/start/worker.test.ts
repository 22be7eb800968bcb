import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWorker } from './worker.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted(answers: readonly (boolean | Error)[] = []) {
  const errors: unknown[] = [];
  let rounds = 0;
  const worker = createWorker({ everyMs: 1000, onError: (error) => errors.push(error) }, async () => {
    const answer = answers[rounds++] ?? false;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { worker, errors, rounds: () => rounds };
}

describe('createWorker', () => {
  test('works at once and then every so often', async () => {
    const { worker, rounds } = counted();
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds()).toBe(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(rounds()).toBe(4);
    await worker.stop();
  });

  test('goes on while there is more', async () => {
    const { worker, rounds } = counted([true, true, false]);
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds()).toBe(3);
    await worker.stop();
  });

  test('a wake during a round brings one more round, not one per wake', async () => {
    const { worker, rounds } = counted();
    await vi.advanceTimersByTimeAsync(0);
    worker.wake();
    worker.wake();
    worker.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds()).toBe(3);
    await worker.stop();
  });

  test('a failing round is told and does not end the work', async () => {
    const { worker, rounds, errors } = counted([new Error('database gone')]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(errors).toEqual([new Error('database gone')]);
    expect(rounds()).toBe(2);
    await worker.stop();
  });

  test('stopped, it does nothing more', async () => {
    const { worker, rounds } = counted();
    await vi.advanceTimersByTimeAsync(0);
    await worker.stop();
    worker.wake();
    await vi.advanceTimersByTimeAsync(5000);
    expect(rounds()).toBe(1);
  });
});
