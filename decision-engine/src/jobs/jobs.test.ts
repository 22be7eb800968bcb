import { describe, expect, it, vi } from 'vitest';
import { Jobs, type JobWork } from './jobs.js';

const now = new Date('2026-11-22T12:00:00Z');

/** Work that waits until it is told to stop. */
const untilStopped: JobWork<string> = (signal, onProgress) => {
  onProgress({ done: 3, of: 10 });
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null));
  });
};

describe('Jobs', () => {
  it('runs one at a time, tells how far it is, and stops it when asked', async () => {
    const jobs = new Jobs<string>(() => undefined);
    expect(jobs.start('sim_1', now, untilStopped)).toMatchObject({ kind: 'started' });
    expect(jobs.start('sim_2', now, untilStopped)).toMatchObject({
      kind: 'busy',
      running: { jobId: 'sim_1', progress: { done: 3, of: 10 } },
    });
    jobs.stop('sim_1');
    await vi.waitFor(() => expect(jobs.read('sim_1')?.state).toBe('stopped'));
    expect(jobs.start('sim_3', now, untilStopped)).toMatchObject({ kind: 'started' });
    jobs.stopAll();
    await vi.waitFor(() => expect(jobs.read('sim_3')?.state).toBe('stopped'));
  });

  it('reports a fault and is free again', async () => {
    const faults: unknown[] = [];
    const jobs = new Jobs<string>((error) => faults.push(error));
    jobs.start('sim_1', now, () => Promise.reject(new Error('the store is gone')));
    await vi.waitFor(() => expect(jobs.read('sim_1')?.state).toBe('failed'));
    expect(faults).toHaveLength(1);
    expect(jobs.start('sim_2', now, untilStopped)).toMatchObject({ kind: 'started' });
    jobs.stopAll();
  });

  it('forgets the oldest', async () => {
    const jobs = new Jobs<string>(() => undefined);
    for (let number = 1; number <= 21; number += 1) {
      jobs.start(`sim_${number}`, now, () => Promise.resolve('done'));
      await vi.waitFor(() => expect(jobs.read(`sim_${number}`)?.state).toBe('done'));
    }
    expect(jobs.read('sim_1')).toBeUndefined();
    expect(jobs.read('sim_2')).toBeDefined();
  });
});
