import { describe, expect, it } from 'vitest';
import { actionOf, deciderOf } from '../testing/decision-fixtures.js';
import { parsePolicies } from './policies.js';

function problemsOf(input: unknown): readonly string[] {
  const parsed = parsePolicies(input);
  return parsed.ok ? [] : parsed.problems;
}

describe('parsePolicies', () => {
  it('has a default for everything', () => {
    expect(parsePolicies({})).toMatchObject({
      ok: true,
      policies: {
        ranking: {
          factors: { propensity: true, context: true, value: true, levers: true },
          minimumPriority: 0,
        },
        exploration: { default: { strategy: 'thompson', rate: 1 } },
        contact: { limits: [], consent: { email: 'optIn', web: 'optOut' } },
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['a misspelt rule', { contact: { limit: [] } }, 'Unknown field "policies.contact.limit"'],
    [
      'a window without a unit',
      { contact: { limits: [{ name: 'x', max: 1, window: '7' }] } },
      'Expected "policies.contact.limits[0].window" to be a number with a unit: "45s", "30m", "12h", "7d" or "2w", got "7" (string)',
    ],
    [
      'quiet hours that never end',
      { contact: { quietHours: [{ name: 'x', from: '08:00', to: '08:00' }] } },
      'Expected "policies.contact.quietHours[0].to" to be another time than "from", got "08:00" (string)',
    ],
    [
      'half past twenty-four',
      { contact: { quietHours: [{ name: 'x', from: '24:30', to: '08:00' }] } },
      'Expected "policies.contact.quietHours[0].from" to be a local time such as "21:00", got "24:30" (string)',
    ],
    [
      'two experiments that want the same customers',
      {
        experiments: [
          { experimentId: 'a', to: 0.6, variants: [{ variantId: 'x' }] },
          { experimentId: 'b', from: 0.5, variants: [{ variantId: 'x' }] },
        ],
      },
      'Expected "policies.experiments[1].from" to be apart from experiment "a" in layer "default" (0 to 0.6), got 0.5 (number)',
    ],
  ])('refuses %s', (...row) => {
    const [, input, problem] = row;
    expect(problemsOf(input)).toEqual([problem]);
  });

  it('lets experiments share customers one after the other', () => {
    const variants = [{ variantId: 'x' }];
    expect(
      problemsOf({
        experiments: [
          { experimentId: 'a', endsAt: '2026-06-01T00:00:00Z', variants },
          { experimentId: 'b', startsAt: '2026-06-01T00:00:00Z', variants },
        ],
      }),
    ).toEqual([]);
  });
});

describe('historyMs', () => {
  it('is the longest look back of any rule', () => {
    const { historyMs } = deciderOf([actionOf('a')], {
      contact: {
        limits: [{ name: 'x', max: 1, window: '30d' }],
        cooldowns: [{ name: 'y', outcomes: ['rejected'], within: '20d', suppressFor: '40d' }],
      },
    });
    expect(historyMs).toBe(60 * 86_400_000);
  });
});

describe('warnings', () => {
  it('names rules that do nothing', () => {
    const { warnings } = deciderOf([actionOf('a')], {
      levers: [{ name: 'x', percent: 10, appliesTo: { actions: ['b'], groups: ['offers'] } }],
      contact: {
        quietHours: [{ name: 'night', from: '21:00', to: '08:00', appliesTo: { channels: ['sms'] } }],
      },
    });
    expect(warnings).toEqual([
      `"policies.levers[0].appliesTo.actions" names "b", which the catalogue doesn't have`,
      `"policies.contact.quietHours[0].appliesTo.channels" names "sms", which the catalogue doesn't have`,
    ]);
  });
});
