import { expect, it } from 'vitest';
import { playNewAction } from './new-action-study.js';

const study = {
  world: { seed: 5, customers: 900, start: new Date('2025-01-01'), end: new Date('2025-12-01') },
  actionId: 'kitchen-week',
  seed: 5,
  past: 3_000,
  outcomes: 300,
  compared: 300,
  budgetSeconds: 10,
};

it('comes near the truth of an action that the model was trained without, from its first day on', async () => {
  const { truth, estimate, compared, start } = await playNewAction(study);
  expect(compared).toBe(300);
  expect(estimate / truth).toBeGreaterThan(0.6);
  expect(estimate / truth).toBeLessThan(1.6);
  // Yeses come first: learned without the silences beside them, they made it several times the truth.
  expect(start.estimate / start.truth).toBeLessThan(2.5);
}, 180_000);

it('says so where the shop is too small', async () => {
  const small = { ...study, world: { ...study.world, customers: 20 }, past: 10_000 };
  await expect(playNewAction(small)).rejects.toThrow('Expected 300 offers of "kitchen-week"');
}, 60_000);
