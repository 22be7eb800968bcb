import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagramOf } from '../manage/diagram.js';
import { customerOf, DAY, journeyOf, START } from '../testing/journey-fixtures.js';
import { advance, type RunInput } from './advance.js';
import { dueAt, newRun, type RunState } from './run-state.js';

const journey = journeyOf(
  [
    { id: 'one', type: 'send', action: 'a' },
    { id: 'wait', type: 'wait', for: '3h', at: '09:30' },
    { id: 'answer', type: 'waitFor', events: ['Ping', 'Pong'], timeout: '2d', timedOut: 'two' },
    { id: 'which', type: 'cohort', cohorts: [{ name: 'half', share: 0.5, to: 'wait' }] },
    { id: 'two', type: 'send', action: 'b', hold: '1d', next: 'wait' },
  ],
  { exits: [{ name: 'done', event: 'Stop' }], tooLate: { after: '30d', do: 'continue' } },
);

const ZONES = [
  'Europe/London',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
];

type Told =
  | { readonly kind: 'time' }
  | { readonly kind: 'event'; readonly name: string; readonly id: number }
  | { readonly kind: 'done' | 'none' | 'held' | 'failed'; readonly hours: number };

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.record({ kind: fc.constant('time' as const) }),
  fc.record({
    kind: fc.constant('event' as const),
    name: fc.constantFrom('Ping', 'Pong', 'Other'),
    id: fc.nat(8),
  }),
  fc.record({
    kind: fc.constantFrom('done' as const, 'none' as const, 'held' as const, 'failed' as const),
    hours: fc.integer({ min: 0, max: 40 }),
  }),
);
/** Times jump about, back as well as forth, over the changes of the clocks. */
const history = fc.array(
  fc.record({ told, at: fc.integer({ min: START - 20 * DAY, max: START + 200 * DAY }) }),
  {
    maxLength: 60,
  },
);

function inputOf(run: RunState, what: Told, at: number): RunInput {
  if (what.kind === 'time') return { type: 'time' };
  if (what.kind === 'event') {
    return { type: 'event', event: { messageId: `m-${what.id}`, name: what.name, at, properties: {} } };
  }
  const key = run.waiting.kind === 'effect' ? run.waiting.key : 'none';
  const later = at + what.hours * 3_600_000;
  const result =
    what.kind === 'done'
      ? ({ kind: 'done', note: 'sent' } as const)
      : what.kind === 'none'
        ? ({ kind: 'none', reason: 'no' } as const)
        : what.kind === 'held'
          ? ({ kind: 'held', until: later, reason: 'quiet' } as const)
          : ({ kind: 'failed', reason: 'no line', retryAt: later } as const);
  return { type: 'performed', key, result };
}

const WAYS = diagramOf(journey.definition).edges.map(({ way }) => way);

test('whatever happens in whatever order: time never goes back, what was performed is never asked for again', () => {
  fc.assert(
    fc.property(history, fc.constantFrom(...ZONES), fc.nat(50), (steps, timeZone, key) => {
      const customer = customerOf({ timeZone, bucketingKey: `c-${key}` });
      let run = newRun({
        runId: 'r',
        firstStep: journey.firstStep,
        startedAt: START,
        now: START,
        context: {},
        messageId: null,
      });
      const settled = new Set<string>();
      for (const { told: what, at } of [{ told: { kind: 'time' } as Told, at: START }, ...steps]) {
        const input = inputOf(run, what, at);
        const before = run;
        const { run: after, effects } = advance(before, { journey, customer, now: at, input });
        if (input.type === 'performed' && (what.kind === 'done' || what.kind === 'none'))
          settled.add(input.key);
        for (const effect of effects) expect(settled.has(effect.key)).toBe(false);
        expect(after.clock).toBeGreaterThanOrEqual(before.clock);
        expect(after.enteredAt).toBeGreaterThanOrEqual(before.enteredAt);
        expect(after.visits).toBeGreaterThanOrEqual(before.visits);
        for (const { at: noted } of after.trail) expect(noted).toBeLessThanOrEqual(after.clock);
        const due = dueAt(after);
        if (after.waiting.kind === 'timer' && after.visits > before.visits)
          expect(due).toBeGreaterThan(before.clock);
        // The same input once more changes nothing that matters: a repeat after a crash is harmless.
        const again = advance(after, { journey, customer, now: at, input }).run;
        if (input.type === 'event' || what.kind === 'done' || what.kind === 'none')
          expect({ ...again, trail: [] }).toEqual({ ...after, trail: [] });
        // What is counted on the diagram's arrows is on the diagram.
        for (const way of after.ways ?? []) expect(WAYS).toContain(way);
        // Stored and read back it goes on the same way.
        run = JSON.parse(JSON.stringify(after)) as RunState;
        expect(run).toEqual(after);
      }
    }),
    { numRuns: 300, seed: 6 },
  );
});
