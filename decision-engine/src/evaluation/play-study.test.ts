import { describe, expect, it } from 'vitest';
import { playStudy } from './play-study.js';
import type { StudyPolicyName } from './study-policy.js';

const play = (policy: StudyPolicyName, shift = false) =>
  playStudy({
    world: {
      seed: 3,
      customers: 500,
      start: new Date('2025-01-01'),
      end: new Date('2025-10-01'),
      ...(shift ? { tasteShifts: [new Date('2025-08-15')] } : {}),
    },
    policy,
    options: { seed: 3, past: 1_500, budgetSeconds: 10, maxRows: 5_000 },
    historyDays: 0,
    decisions: 1_000,
    trainings: { after: [0], afterShift: [] },
    recovery: shift ? 200 : 0,
    onProgress: () => undefined,
  });

describe('playStudy', () => {
  it('lets the learned policy learn: it earns far more than random offers, and less than the truth', async () => {
    const learned = await play('learned');
    const random = await play('random');
    expect(learned.decisions).toBe(1_000);
    expect(learned.percentOfOracle).toBeGreaterThan(random.percentOfOracle + 15);
    expect(learned.percentOfOracle).toBeLessThan(100);
    expect(learned.afterShift).toBeNull();
  }, 180_000);

  it('counts what comes after a shift apart', async () => {
    const rules = await play('rules', true);
    expect(rules.decisions).toBe(1_000);
    expect(rules.afterShift?.decisions).toBe(200);
  });

  it('offers nothing in the days that are only watched', async () => {
    const study = {
      world: { seed: 1, customers: 50, start: new Date('2025-01-01'), end: new Date('2025-04-01') },
      policy: 'rules' as const,
      options: { seed: 1, past: 1, budgetSeconds: 5, maxRows: 100 },
      decisions: 10,
      trainings: { after: [], afterShift: [] },
      recovery: 0,
      onProgress: () => undefined,
    };
    expect(await playStudy({ ...study, historyDays: 30 })).toMatchObject({ decisions: 10 });
    await expect(playStudy({ ...study, historyDays: 90 })).rejects.toThrow('got 0');
  });

  it('refuses a shop with too few decisions', async () => {
    const study = {
      world: { seed: 1, customers: 5, start: new Date('2025-01-01'), end: new Date('2025-02-01') },
      policy: 'rules' as const,
      options: { seed: 1, past: 1, budgetSeconds: 5, maxRows: 100 },
      historyDays: 0,
      decisions: 10_000,
      trainings: { after: [], afterShift: [] },
      recovery: 0,
      onProgress: () => undefined,
    };
    await expect(playStudy(study)).rejects.toThrow('Expected a shop with 10000 decisions to count');
  });
});
