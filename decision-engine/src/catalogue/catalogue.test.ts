import { describe, expect, it } from 'vitest';
import type { ActionInput } from './action.js';
import { parseCatalogue } from './catalogue.js';

const freeExpress: ActionInput = {
  actionId: 'free-express',
  name: 'Offer free express on the delayed order',
  issue: 'service',
  group: 'delivery',
  class: 'promotional',
  value: { type: 'fixed', amount: 12 },
  treatments: [
    { treatmentId: 'agent', channel: 'agent', title: 'Free express', talkTrack: 'We will hurry it up.' },
  ],
};

function problemsOf(input: unknown): readonly string[] {
  const parsed = parseCatalogue(input);
  return parsed.ok ? [] : parsed.problems;
}

describe('parseCatalogue', () => {
  it('fills in the defaults', () => {
    const parsed = parseCatalogue([freeExpress]);
    expect(parsed.ok && parsed.actions[0]).toMatchObject({
      schemaVersion: 1,
      cost: 0,
      fallback: false,
      startingPropensity: 0.1,
      limits: {},
    });
  });

  it.each<[string, unknown, string]>([
    ['a negative cost', { cost: -3 }, 'Expected "actions[0].cost" to be >= 0, got -3 (number)'],
    ['an unknown field', { colour: 'red' }, 'Unknown field "actions[0].colour"'],
    [
      'no treatment',
      { treatments: [] },
      'Expected "actions[0].treatments" to have at least 1 entries, got [] (list)',
    ],
    [
      'a class that does not exist',
      { class: 'marketing' },
      'Expected "actions[0].class" to be one of "promotional", "transactional", "mandatory", got "marketing" (string)',
    ],
    [
      'a value without its type',
      { value: { amount: 5 } },
      'Expected "actions[0].value.type" to be one of "fixed", "formula", "model", got nothing',
    ],
    [
      'a date without a zone',
      { endsAt: '2026-11-27' },
      'Expected "actions[0].endsAt" to be date, or a date and time with a zone, such as "2026-11-27T08:00:00Z", got "2026-11-27" (string)',
    ],
    [
      'an end before the start',
      { startsAt: '2026-11-27T08:00:00Z', endsAt: '2026-11-26T08:00:00Z' },
      'Expected "actions[0].endsAt" to be after startsAt (2026-11-27T08:00:00.000Z), got "2026-11-26T08:00:00Z" (string)',
    ],
    [
      'a misspelt operator deep in a condition',
      {
        eligibility: [
          { name: 'x', when: { all: [{ not: { field: 'traits.age', op: 'over', value: 18 } }] } },
        ],
      },
      'Expected "actions[0].eligibility[0].when.all[0].not.op" to be one of exists, missing, eq, ne, lt, lte, gt, gte, between, in, notIn, contains, containsAny, containsAll, containsNone, withinLast, olderThan, withinNext, got "over" (string)',
    ],
  ])('names the path for %s', (_case, change, message) => {
    expect(problemsOf([{ ...freeExpress, ...(change as object) }])).toEqual([message]);
  });

  it('refuses the same id twice', () => {
    expect(problemsOf([freeExpress, freeExpress])).toEqual([
      'Expected "actions[1].actionId" to be unique in the catalogue (also at [0]), got "free-express" (string)',
    ]);
    expect(
      problemsOf([{ ...freeExpress, treatments: [...freeExpress.treatments, ...freeExpress.treatments] }]),
    ).toEqual([
      'Expected "actions[0].treatments[1].treatmentId" to be unique within the action, got "agent" (string)',
    ]);
  });
});
