import type { DecisionProfile } from '../../decide/decision-profile.js';
import { inputOf } from '../../testing/decision-fixtures.js';
import { type CompiledJourney, compileJourney } from '../definition/compile-journey.js';
import type { JourneyInput } from '../definition/journey.js';
import { advance, type EffectResult, type RunEvent, type RunInput } from '../run/advance.js';
import type { CustomerFacts, RunContext } from '../run/run-facts.js';
import { newRun, type RunState } from '../run/run-state.js';

/** 22 November 2026, noon in London. */
export const START = Date.parse('2026-11-22T12:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function journeyOf(
  steps: JourneyInput['steps'],
  changes: Partial<Omit<JourneyInput, 'steps'>> = {},
): CompiledJourney {
  const compiled = compileJourney({
    journeyId: 'test',
    name: 'Test',
    entry: { type: 'event', event: 'Started' },
    steps,
    ...changes,
  });
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'));
  return compiled.journey;
}

export function problemsOf(definition: unknown): readonly string[] {
  const compiled = compileJourney(definition);
  return compiled.ok ? [] : compiled.problems;
}

export function customerOf(profile: Partial<DecisionProfile> = {}): CustomerFacts {
  const whole = inputOf({ profile }).profile;
  return {
    customerId: whole.customerId,
    timeZone: whole.timeZone,
    profile: () => whole,
    variantOf: () => null,
  };
}

export function eventOf(name: string, at: number, properties: RunContext = {}): RunEvent {
  return { messageId: `${name} ${at}`, name, at, properties };
}

/** A run with a clock of its own, which performs nothing by itself. */
export function playRun(
  journey: CompiledJourney,
  {
    customer = customerOf(),
    context = {},
    now = START,
  }: { customer?: CustomerFacts; context?: RunContext; now?: number } = {},
) {
  let run: RunState = newRun({
    runId: 'run_1',
    firstStep: journey.firstStep,
    startedAt: now,
    now,
    context,
    messageId: 'entry',
  });
  const keys: string[] = [];
  const tell = (input: RunInput, at: number): void => {
    const advanced = advance(run, { journey, customer, now: at, input });
    run = advanced.run;
    keys.push(...advanced.effects.map(({ key }) => key));
  };
  tell({ type: 'time' }, now);
  return {
    run: () => run,
    /** Keys of the effects it asked for so far. */
    keys,
    tell,
    time: (at: number) => tell({ type: 'time' }, at),
    event: (event: RunEvent) => tell({ type: 'event', event }, event.at),
    performed: (result: EffectResult, at: number) => {
      const { waiting } = run;
      if (waiting.kind !== 'effect') throw new Error(`Expected an effect, got ${waiting.kind}`);
      tell({ type: 'performed', key: waiting.key, result }, at);
    },
  };
}
