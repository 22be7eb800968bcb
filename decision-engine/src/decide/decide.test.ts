import { describe, expect, it } from 'vitest';
import { priorityText } from '../arbitration/priority-text.js';
import { actionOf, contactOf, deciderOf, inputOf, on } from '../testing/decision-fixtures.js';

describe('decide', () => {
  it('ranks by P x C x V x L and shows the arithmetic', () => {
    const decider = deciderOf([
      actionOf('likely', { startingPropensity: 0.3 }),
      actionOf('worthy', {
        value: { type: 'fixed', amount: 100 },
        cost: 20,
        levers: [{ name: 'stock', percent: 50 }],
      }),
    ]);
    const result = decider.decide(inputOf({ propensities: { worthy: 0.1 } }));
    expect(result.outcome).toEqual({ kind: 'chosen' });
    expect(result.chosen[0]).toMatchObject({ actionId: 'worthy', probability: 1, explored: false });
    expect(
      result.candidates.map(({ actionId, rank, priority }) => [
        actionId,
        rank,
        priority && priorityText(priority),
      ]),
    ).toEqual([
      ['likely', 2, '0.3 x 1 x 10 x 1 = 3'],
      ['worthy', 1, '0.1 x 1 x 80 x 1.5 = 12'],
    ]);
  });

  it('says of a choice that was a try that it was one, whatever else there is to say', () => {
    const told = ['new', 'in season', 'in stock', 'near'].map((name) => ({
      name,
      when: { field: 'traits.age', op: 'gte', value: 18 } as const,
    }));
    const decider = deciderOf(
      [
        actionOf('better', { value: { type: 'fixed', amount: 100 } }),
        actionOf('worse', { suitability: told }),
      ],
      { exploration: { default: { strategy: 'epsilon', epsilon: 1 } } },
    );
    const choices = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap(
      (seed) => decider.decide(inputOf({ seed, profile: { traits: { age: 40 } } })).chosen,
    );
    const tries = choices.filter(({ explored }) => explored);
    expect(tries.length).toBeGreaterThan(0);
    expect(choices.length).toBeGreaterThan(tries.length);
    for (const { explored, reasons } of choices) {
      expect(reasons.length).toBeLessThanOrEqual(3);
      expect(reasons.some((reason) => reason.startsWith('chosen to learn'))).toBe(explored);
    }
  });

  it('runs every rule also after one has failed', () => {
    const decider = deciderOf([
      on(
        'email',
        actionOf('mail', {
          endsAt: '2026-11-22T12:00:00Z',
          eligibility: [{ name: 'adult', when: { field: 'traits.age', op: 'gte', value: 18 } }],
        }),
      ),
    ]);
    const result = decider.decide(
      inputOf({ channels: ['email'], profile: { traits: { age: 16 }, consent: {} } }),
    );
    expect(
      result.candidates[0]?.rules.filter((rule) => !rule.passed).map(({ stage, detail }) => [stage, detail]),
    ).toEqual([
      ['dates', 'ended 2026-11-22T12:00:00.000Z'],
      ['consent', 'marketing on email: unknown, wanted granted'],
      ['eligibility', 'traits.age is 16, wanted at least 18'],
    ]);
    expect(result.outcome).toEqual({
      kind: 'none',
      reason: 'The only candidate may not be shown: 1 fails dates “start and end”',
    });
  });

  it('counts what the first slot took against the limit for the second', () => {
    const decider = deciderOf(
      [on('email', actionOf('a')), on('email', actionOf('b')), on('email', actionOf('c'))],
      {
        contact: { limits: [{ name: 'two a week', max: 2, window: '7d' }] },
      },
    );
    const result = decider.decide(
      inputOf({
        channels: ['email'],
        context: { slots: 3 },
        propensities: { b: 0.9 },
        profile: { contactHistory: [contactOf('old')] },
      }),
    );
    expect(result.chosen.map((choice) => choice.actionId)).toEqual(['b']);
    expect(result.slotNotes.map((note) => [note.slot, note.rule.detail])).toEqual([
      [1, '2 of 2 contacts in 7d used'],
      [1, '2 of 2 contacts in 7d used'],
    ]);
  });
});
