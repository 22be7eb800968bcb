import { describe, expect, test } from 'vitest';
import { testRules } from '../../testing/test-rules.js';
import { problemsOf } from '../testing/journey-fixtures.js';
import { compileJourney } from './compile-journey.js';

const MINIMAL = {
  journeyId: 'test',
  name: 'Test',
  entry: { type: 'event', event: 'Started' },
  steps: [{ id: 'first', type: 'wait', for: '1h' }],
};
const withSteps = (...steps: readonly unknown[]) => ({ ...MINIMAL, steps });

test('the smallest journey is one', () => {
  expect(problemsOf(MINIMAL)).toEqual([]);
});

test.each([
  [
    'a step nothing leads to',
    withSteps({ id: 'a', type: 'goal', goal: 'g', next: 'end' }, { id: 'b', type: 'end' }),
    'Expected "steps[1]" to be a step that some way leads to, got "b"',
  ],
  [
    'a way to nowhere',
    withSteps({ id: 'a', type: 'waitFor', events: ['Paid'], timeout: '1d', timedOut: 'gone' }),
    'Expected "steps[0].timedOut" to be a step or "end", got "gone"',
  ],
  [
    'a loop without a wait',
    withSteps(
      {
        id: 'a',
        type: 'branch',
        branches: [{ name: 'yes', when: { field: 'language', op: 'exists' }, to: 'b' }],
      },
      { id: 'b', type: 'goal', goal: 'g', next: 'a' },
    ),
    'Expected "steps[0]" to be no loop without a wait of at least a minute, got a > b > a',
  ],
  [
    'a loop with a wait that is none',
    withSteps({ id: 'a', type: 'wait', for: '5s', next: 'a' }),
    'Expected "steps[0]" to be no loop without a wait of at least a minute, got a > a',
  ],
  [
    'a wait that is too long',
    withSteps({ id: 'a', type: 'wait', for: '900d' }),
    'Expected "steps[0].for" to be from 1s to 400d, got 900d',
  ],
  [
    'a wait for nothing',
    withSteps({ id: 'a', type: 'wait' }),
    'Expected "steps[0].for" to be there, or "until" or "at", got nothing',
  ],
  [
    'two steps of one name',
    withSteps({ id: 'a', type: 'wait', for: '1h' }, { id: 'a', type: 'end' }),
    'Expected "steps[1].id" to be unique (also at steps[0]), got "a"',
  ],
  [
    'shares above one',
    withSteps({
      id: 'a',
      type: 'cohort',
      cohorts: [
        { name: 'x', share: 0.7, to: 'end' },
        { name: 'y', share: 0.5, to: 'end' },
      ],
    }),
    'Expected "steps[0].cohorts" to be shares of at most 1 together, got 1.2',
  ],
  [
    'a feature that is none',
    withSteps({
      id: 'a',
      type: 'branch',
      branches: [{ name: 'x', when: { field: 'features.luck', op: 'gt', value: 1 }, to: 'end' }],
    }),
    'Expected "steps[0].branches[0].when.field" to be a feature:',
  ],
  ['a field nobody knows', withSteps({ id: 'a', type: 'wiat', for: '1h' }), 'Expected "steps[0].type"'],
  [
    'a time zone that is none',
    { ...MINIMAL, entry: { type: 'schedule', at: '09:00', timeZone: 'Mars/Olympus' } },
    'Expected "entry.timeZone" to be a time zone, got "Mars/Olympus"',
  ],
  [
    'an exit without a reason',
    { ...MINIMAL, exits: [{ name: 'x' }] },
    'Expected "exits[0].event" to be an event',
  ],
])('%s is refused with its path', (_, definition, message) => {
  expect(problemsOf(definition).join('\n')).toContain(message);
});

describe('what it names', () => {
  const known = { rules: testRules(), endpoints: ['crm'] };
  const problems = (...steps: readonly unknown[]) => {
    const compiled = compileJourney(withSteps(...steps), known);
    return compiled.ok ? [] : compiled.problems;
  };

  test('an action, a channel and a treatment that exist pass', () => {
    expect(
      problems(
        { id: 'a', type: 'send', action: 'free-express', treatment: 'free-express-email' },
        { id: 'b', type: 'decide', groups: ['delivery'], channels: ['email'] },
        { id: 'c', type: 'webhook', endpoint: 'crm', eventType: 'x' },
      ),
    ).toEqual([]);
  });

  test.each([
    [{ id: 'a', type: 'send', action: 'nothing' }, '"steps[0].action" to be an action: one of free-express'],
    [{ id: 'a', type: 'send', action: 'basket-reminder' }, '"steps[0].channel" to be a channel that'],
    [
      { id: 'a', type: 'send', action: 'free-express', treatment: 'x' },
      '"steps[0].treatment" to be a treatment of',
    ],
    [
      { id: 'a', type: 'decide', actions: ['x'], channels: ['email'] },
      '"steps[0].actions[0]" to be an action',
    ],
    [{ id: 'a', type: 'decide', groups: ['x'], channels: ['email'] }, '"steps[0].groups[0]" to be a group'],
    [
      { id: 'a', type: 'decide', groups: ['care'], channels: ['email'] },
      '"steps[0].channels" to be a channel',
    ],
    [
      { id: 'a', type: 'experiment', experimentId: 'x', variants: {} },
      '"steps[0].experimentId" to be an experiment',
    ],
    [{ id: 'a', type: 'webhook', endpoint: 'erp', eventType: 'x' }, '"steps[0].endpoint" to be an endpoint'],
  ])('what does not exist is refused: %j', (step, message) => {
    expect(problems(step).join('\n')).toContain(message);
  });
});
