import { expect, test } from 'vitest';
import { phaseDisplay } from './phase-display.js';
import { collectedText } from './testing/collected-text.js';

function display(stream = collectedText()) {
  const clock = { ms: 0 };
  return { clock, text: stream.text, phases: phaseDisplay({ stream: stream.stream, now: () => clock.ms }) };
}

const step = (done: number) => ({ phase: 'Seeding', done, total: 1500, note: '' });

test('a phase under two seconds leaves no trace without a terminal', () => {
  const { clock, phases, text } = display();
  phases.show(step(0));
  clock.ms = 1_999;
  phases.show(step(1500));
  phases.end();
  expect(text()).toBe('');
});

test('a longer one tells how far it is every ten seconds, and how long it took', () => {
  const { clock, phases, text } = display();
  for (const [ms, done] of [
    [0, 0],
    [2_500, 100],
    [9_000, 400],
    [12_500, 600],
  ] as const) {
    clock.ms = ms;
    phases.show(step(done));
  }
  clock.ms = 31_000;
  phases.show({ phase: 'Training', done: 0, total: null, note: '' });
  phases.end();
  expect(text().split('\n')).toEqual([
    'Seeding: 100 of 1,500',
    'Seeding: 600 of 1,500',
    'Seeding: done in 31 s',
    '',
  ]);
});

test('a phase out of a hundred is told in per cent', () => {
  const { clock, phases, text } = display();
  phases.show({ phase: 'Training', done: 0, total: 100, note: '' });
  clock.ms = 3_000;
  phases.show({ phase: 'Training', done: 36, total: 100, note: 'churn' });
  expect(text()).toBe('Training: 36 % churn\n');
});
