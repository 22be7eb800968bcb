import { describe, expect, test } from 'vitest';
import {
  customerOf,
  DAY,
  eventOf,
  HOUR,
  journeyOf,
  MINUTE,
  playRun,
  START,
} from '../testing/journey-fixtures.js';
import { dueAt } from './run-state.js';

const SEND = { id: 'mail', type: 'send', action: 'hello' } as const;
const SENT = { kind: 'done', note: 'sent' } as const;

describe('waiting', () => {
  test('a wait holds until its time and not a moment less', () => {
    const play = playRun(journeyOf([{ id: 'pause', type: 'wait', for: '1h' }, SEND]));
    expect(dueAt(play.run())).toBe(START + HOUR);
    play.time(START + HOUR - 1);
    expect(play.keys).toEqual([]);
    play.time(START + HOUR);
    expect(play.keys).toEqual(['run_1:1:mail']);
  });

  test('a clock that steps back neither wakes nor delays: the run keeps its latest time', () => {
    const play = playRun(journeyOf([SEND, { id: 'pause', type: 'wait', for: '1h' }]));
    play.performed(SENT, START - 5 * DAY);
    expect(play.run().clock).toBe(START);
    expect(dueAt(play.run())).toBe(START + HOUR);
  });

  test('until a date of the event, three days before', () => {
    const journey = journeyOf([
      { id: 'pause', type: 'wait', until: { date: 'context.arrives', offset: '-3d', missing: 'none' } },
      { id: 'none', type: 'end', reason: 'no date' },
    ]);
    const known = playRun(journey, { context: { arrives: '2026-12-10T09:00:00Z' } });
    expect(dueAt(known.run())).toBe(Date.parse('2026-12-07T09:00:00Z'));
    expect(playRun(journey).run().waiting).toEqual({
      kind: 'ended',
      outcome: 'completed',
      reason: 'no date',
    });
  });

  test('by the customer’s own clock at both ends of the world', () => {
    const journey = journeyOf([{ id: 'pause', type: 'wait', at: '10:00' }]);
    const dueFor = (timeZone: string) => {
      const due = dueAt(playRun(journey, { customer: customerOf({ timeZone }) }).run());
      return due === null ? null : new Date(due).toISOString();
    };
    expect(dueFor('Pacific/Kiritimati')).toBe('2026-11-22T20:00:00.000Z');
    expect(dueFor('Pacific/Pago_Pago')).toBe('2026-11-22T21:00:00.000Z');
  });

  test('what is overdue by more than the limit ends, or goes on where the definition says so', () => {
    const steps = [{ id: 'pause', type: 'wait', for: '1h' }, SEND] as const;
    const strict = playRun(journeyOf([...steps], { tooLate: { after: '2h' } }));
    strict.time(START + 3 * HOUR + 1);
    expect(strict.run().waiting).toMatchObject({ kind: 'ended', outcome: 'too late' });
    const lax = playRun(journeyOf([...steps], { tooLate: { after: '2h', do: 'continue' } }));
    lax.time(START + 3 * HOUR + 1);
    expect(lax.keys).toHaveLength(1);
  });
});

describe('waiting for an event', () => {
  const journey = journeyOf([
    {
      id: 'paid',
      type: 'waitFor',
      events: ['Order Completed'],
      when: { field: 'context.event.order_id', op: 'eq', value: { field: 'context.order_id' } },
      timeout: '1d',
      timedOut: 'mail',
    },
    { id: 'thanks', type: 'goal', goal: 'bought', value: { field: 'context.paid.total' }, next: 'end' },
    SEND,
  ]);
  const context = { order_id: 'o-1' };

  test('the right one leads on and its facts stay known', () => {
    const play = playRun(journey, { context });
    play.event(eventOf('Order Completed', START + MINUTE, { order_id: 'o-2' }));
    expect(play.run().waiting.kind).toBe('event');
    play.event(eventOf('Order Completed', START + 2 * MINUTE, { order_id: 'o-1', total: 25 }));
    expect(play.run().waiting).toMatchObject({ kind: 'ended', outcome: 'completed' });
    expect(play.run().goals).toEqual([{ goal: 'bought', at: START + 2 * MINUTE, value: 25 }]);
  });

  test('without it the timeout leads elsewhere', () => {
    const play = playRun(journey, { context });
    play.time(START + DAY);
    expect(play.keys).toEqual(['run_1:1:mail']);
  });

  test('one event counts once, though two steps wait for it', () => {
    const twice = journeyOf([
      { id: 'one', type: 'waitFor', events: ['Ping'], timeout: '1d', timedOut: 'end' },
      { id: 'two', type: 'waitFor', events: ['Ping'], timeout: '1d', timedOut: 'end' },
    ]);
    const play = playRun(twice);
    const ping = eventOf('Ping', START + MINUTE);
    play.event(ping);
    play.event(ping);
    expect(play.run().stepId).toBe('two');
  });

  test('what happened before the run began has nothing to do with it', () => {
    const play = playRun(journey, { context });
    play.event(eventOf('Order Completed', START - 1, { order_id: 'o-1' }));
    expect(play.run().waiting.kind).toBe('event');
  });
});

describe('effects', () => {
  test('one is asked for again under the same key until its result is known', () => {
    const play = playRun(journeyOf([SEND]));
    play.time(START + MINUTE);
    expect(new Set(play.keys)).toEqual(new Set(['run_1:0:mail']));
  });

  test('a result that is told twice moves the run once', () => {
    const play = playRun(
      journeyOf([SEND, { id: 'pause', type: 'wait', for: '1h' }, { ...SEND, id: 'again' }]),
    );
    play.performed(SENT, START);
    const before = play.run();
    play.tell({ type: 'performed', key: 'run_1:0:mail', result: SENT }, START);
    expect(play.run()).toEqual(before);
  });

  test('a step entered again has another key', () => {
    const play = playRun(journeyOf([SEND, { id: 'pause', type: 'wait', for: '1h', next: 'mail' }]));
    play.performed(SENT, START);
    play.time(START + HOUR);
    expect(play.keys).toEqual(['run_1:0:mail', 'run_1:2:mail']);
  });

  test('what is held waits, and for no longer than the step says', () => {
    const play = playRun(
      journeyOf([
        { ...SEND, hold: '1d', none: 'sorry' },
        { id: 'sorry', type: 'end' },
      ]),
    );
    play.performed({ kind: 'held', until: START + 9 * HOUR, reason: 'quiet hours' }, START);
    expect(dueAt(play.run())).toBe(START + 9 * HOUR);
    play.time(START + 9 * HOUR);
    play.performed({ kind: 'held', until: START + 2 * DAY, reason: 'a limit' }, START + 9 * HOUR);
    expect(play.run().waiting).toMatchObject({ kind: 'ended' });
    expect(play.run().trail.map(({ note }) => note)).toContain('not sent: held too long: a limit');
  });

  test('a failure is tried again at its time, and one without a time is a dead letter until somebody says retry', () => {
    const play = playRun(journeyOf([SEND]));
    play.performed({ kind: 'failed', reason: 'no line', retryAt: START + MINUTE }, START);
    expect(dueAt(play.run())).toBe(START + MINUTE);
    play.time(START + MINUTE);
    play.performed({ kind: 'failed', reason: 'no line', retryAt: null }, START + MINUTE);
    expect(play.run().waiting).toMatchObject({ kind: 'failed', reason: 'no line' });
    play.time(START + DAY);
    expect(play.keys).toHaveLength(2);
    play.tell({ type: 'retry' }, START + 2 * DAY);
    play.performed(SENT, START + 2 * DAY);
    expect(play.run().waiting).toMatchObject({ kind: 'ended', outcome: 'completed' });
    expect(new Set(play.keys).size).toBe(1);
  });
});

describe('leaving', () => {
  const exits = [
    {
      name: 'bought',
      event: 'Order Completed',
      when: { field: 'context.event.cart_id', op: 'eq' as const, value: { field: 'context.cart_id' } },
      goal: true,
    },
    { name: 'said no', when: { field: 'consent.email.marketing', op: 'eq' as const, value: 'denied' } },
  ];
  const steps = [{ id: 'pause', type: 'wait' as const, for: '1h' }, SEND];

  test('an event ends the run, as a goal where it is one', () => {
    const play = playRun(journeyOf(steps, { exits }), { context: { cart_id: 'c-1' } });
    play.event(eventOf('Order Completed', START + 1, { cart_id: 'c-2' }));
    expect(play.run().waiting.kind).toBe('timer');
    play.event(eventOf('Order Completed', START + 2, { cart_id: 'c-1' }));
    expect(play.run().waiting).toMatchObject({ kind: 'ended', outcome: 'goal', reason: 'bought' });
    play.time(START + DAY);
    expect(play.keys).toEqual([]);
  });

  test('a condition ends it when it would move on', () => {
    const denied = { state: 'denied', source: 'link', at: new Date(START) } as const;
    const customer = customerOf({ consent: { email: { marketing: denied } } });
    expect(playRun(journeyOf(steps, { exits }), { customer }).run().waiting).toMatchObject({
      outcome: 'exited',
      reason: 'said no',
    });
  });

  test('a hand ends it', () => {
    const play = playRun(journeyOf(steps));
    play.tell({ type: 'stop', reason: 'by Ada' }, START + 5);
    expect(play.run().waiting).toEqual({ kind: 'ended', outcome: 'stopped', reason: 'by Ada' });
  });
});

describe('choosing a way', () => {
  const end = (id: string) => ({ id, type: 'end' as const, reason: id });
  const reasonOf = (play: ReturnType<typeof playRun>) => {
    const { waiting } = play.run();
    return waiting.kind === 'ended' ? waiting.reason : waiting.kind;
  };

  test('by condition: the first that holds, what is not known is not met', () => {
    const journey = journeyOf([
      {
        id: 'which',
        type: 'branch',
        branches: [
          { name: 'large', when: { field: 'context.value', op: 'gte', value: 50 }, to: 'large' },
          { name: 'small', when: { field: 'context.value', op: 'lt', value: 50 }, to: 'small' },
        ],
      },
      end('unknown'),
      end('large'),
      end('small'),
    ]);
    expect(reasonOf(playRun(journey, { context: { value: 80 } }))).toBe('large');
    expect(reasonOf(playRun(journey, { context: { value: 8 } }))).toBe('small');
    expect(reasonOf(playRun(journey))).toBe('unknown');
  });

  test('by score, and elsewhere where there is none', () => {
    const journey = journeyOf([
      {
        id: 'risk',
        type: 'score',
        score: 'churn',
        branches: [
          { name: 'high', from: 0.6, to: 'high' },
          { name: 'low', below: 0.6, to: 'low' },
        ],
        unknown: 'unknown',
      },
      end('low'),
      end('high'),
      end('unknown'),
    ]);
    const scored = (value: number) =>
      playRun(journey, { customer: customerOf({ scores: { churn: { value, reasons: [] }, value: null } }) });
    expect(reasonOf(scored(0.6))).toBe('high');
    expect(reasonOf(scored(0.59))).toBe('low');
    expect(reasonOf(playRun(journey))).toBe('unknown');
    const objector = { scores: { churn: { value: 0.9, reasons: [] }, value: null }, noProfiling: true };
    expect(reasonOf(playRun(journey, { customer: customerOf(objector) }))).toBe('unknown');
  });

  test('by cohort: the same customer always the same, all of them in their shares', () => {
    const journey = journeyOf([
      { id: 'draw', type: 'cohort', cohorts: [{ name: 'half', share: 0.5, to: 'half' }] },
      end('rest'),
      end('half'),
    ]);
    const draw = (key: number) =>
      reasonOf(playRun(journey, { customer: customerOf({ bucketingKey: `c-${key}` }) }));
    const drawn = Array.from({ length: 2_000 }, (_, key) => draw(key));
    expect(drawn.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, key) => draw(key)));
    const half = drawn.filter((to) => to === 'half').length;
    // Four standard errors of 2,000 fair draws: 89.
    expect(half).toBeGreaterThan(911);
    expect(half).toBeLessThan(1_089);
  });

  test('by experiment: the variant that was told leads on', () => {
    const journey = journeyOf([
      { id: 'test', type: 'experiment', experimentId: 'exp', variants: { b: 'b' } },
      end('a'),
      end('b'),
    ]);
    const play = playRun(journey);
    play.performed({ kind: 'done', note: 'variant b', facts: { variant: 'b' } }, START);
    expect(reasonOf(play)).toBe('b');
  });
});
