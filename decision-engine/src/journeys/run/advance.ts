import { durationToMs } from '../../catalogue/duration.js';
import type { CompiledExit, CompiledJourney } from '../definition/compile-journey.js';
import { type Edge, END, ONWARD, type Step, wayOf } from '../definition/step.js';
import { chooseStep } from './choose-step.js';
import { type CustomerFacts, factsOf, prefixed, type RunContext } from './run-facts.js';
import { isOver, type RunOutcome, type RunState, withSeen, withTrail, withWay } from './run-state.js';
import { waitUntil } from './wait-until.js';

export type RunEvent = {
  readonly messageId: string;
  readonly name: string;
  /** When it happened, milliseconds since 1970. */
  readonly at: number;
  readonly properties: RunContext;
};

/** What came of an effect. */
export type EffectResult =
  | { readonly kind: 'done'; readonly note: string; readonly facts?: RunContext }
  /** Nothing was sent, and it is settled. */
  | { readonly kind: 'none'; readonly reason: string }
  /** Not now; the contact policy allows it from `until` on. */
  | { readonly kind: 'held'; readonly until: number; readonly reason: string }
  /** `retryAt` null: nobody tries again by themselves. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAt: number | null };

export type RunInput =
  | { readonly type: 'time' }
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'performed'; readonly key: string; readonly result: EffectResult }
  | { readonly type: 'stop'; readonly reason: string }
  /** A dead letter is to be tried again. */
  | { readonly type: 'retry' };

/** To be done outside, under a key that is the same however often it is tried. */
export type Effect = { readonly key: string; readonly step: Step };

export type Advanced = { readonly run: RunState; readonly effects: readonly Effect[] };

export type AdvanceWith = {
  readonly journey: CompiledJourney;
  readonly customer: CustomerFacts;
  /** Milliseconds since 1970. A time before the run's own clock counts as that. */
  readonly now: number;
  readonly input: RunInput;
};

/** A journey that takes more steps at once, or more in all, goes round in circles. */
const MOST_STEPS_AT_ONCE = 250;
const MOST_STEPS = 5_000;

type Scene = Omit<AdvanceWith, 'input' | 'now'>;

function end(run: RunState, outcome: RunOutcome, reason: string): RunState {
  return withTrail(
    { ...run, waiting: { kind: 'ended', outcome, reason } },
    reason === '' ? outcome : `${outcome}: ${reason}`,
  );
}

function fail(run: RunState, key: string, reason: string): RunState {
  return withTrail({ ...run, waiting: { kind: 'failed', key, reason } }, `failed: ${reason}`);
}

function factsFor(run: RunState, { journey, customer }: Scene, event?: RunEvent) {
  const told = event === undefined ? {} : prefixed('event', event.properties);
  return factsOf(customer, {
    context: { ...run.context, ...told },
    now: run.clock,
    promotional: journey.definition.class === 'promotional',
  });
}

function exitOf(run: RunState, scene: Scene, event?: RunEvent): CompiledExit | undefined {
  const { exits } = scene.journey;
  if (exits.length === 0) return undefined;
  const facts = factsFor(run, scene, event);
  return exits.find(
    (exit) => exit.event === event?.name && (exit.when === undefined || exit.when.test(facts) === 'true'),
  );
}

function exit(run: RunState, by: CompiledExit): RunState {
  if (!by.goal) return end(run, 'exited', by.name);
  return end(
    { ...run, goals: [...run.goals, { goal: by.name, at: run.clock, value: null }] },
    'goal',
    by.name,
  );
}

/** @param path the way out of the step it is at, as `edgesOf` has it */
function goTo(run: RunState, stepId: string, path: Edge['path'] = ONWARD): RunState {
  const taken = withWay(run, wayOf(run.stepId, path));
  return { ...taken, stepId, visits: run.visits + 1, enteredAt: run.clock, waiting: { kind: 'start' } };
}

/** Takes steps until one has to wait, to be done outside, or was the last. */
function takeSteps(from: RunState, scene: Scene): Advanced {
  const { journey } = scene;
  let run = from;
  for (let taken = 0; ; taken += 1) {
    const left = exitOf(run, scene);
    if (left !== undefined) return { run: exit(run, left), effects: [] };
    if (run.stepId === END) return { run: end(run, 'completed', ''), effects: [] };
    const step = journey.step(run.stepId);
    if (step === undefined) return { run: fail(run, '', `there is no step "${run.stepId}"`), effects: [] };
    if (taken === MOST_STEPS_AT_ONCE || run.visits > MOST_STEPS) {
      return {
        run: fail(run, '', `took ${taken === MOST_STEPS_AT_ONCE ? taken : run.visits} steps`),
        effects: [],
      };
    }
    const next = step.type === 'end' ? END : (step.next ?? journey.following(step.id));
    switch (step.type) {
      case 'end':
        return { run: end(run, 'completed', step.reason), effects: [] };
      case 'wait': {
        const facts = factsFor(run, scene);
        const until = waitUntil(step, {
          journey,
          facts,
          enteredAt: run.enteredAt,
          timeZone: scene.customer.timeZone,
        });
        if (until === null) {
          run = goTo(withTrail(run, 'no such date'), step.until?.missing ?? next, ['until', 'missing']);
        } else if (until <= run.clock) {
          run = goTo(withTrail(run, 'nothing to wait for'), next);
        } else {
          return { run: withTrail({ ...run, waiting: { kind: 'timer', until } }, 'waits'), effects: [] };
        }
        break;
      }
      case 'waitFor': {
        const until = run.enteredAt + durationToMs(step.timeout);
        const waits = withTrail(
          { ...run, waiting: { kind: 'event', until } },
          `waits for ${step.events.join(' or ')}`,
        );
        return { run: waits, effects: [] };
      }
      case 'branch':
      case 'score':
      case 'cohort': {
        const { path, to, note } = chooseStep(step, { journey, facts: factsFor(run, scene), next });
        run = goTo(withTrail(run, note), to, path);
        break;
      }
      case 'goal': {
        const given =
          typeof step.value === 'object' ? journey.field(step.value.field)(factsFor(run, scene)) : step.value;
        const reached = { goal: step.goal, at: run.clock, value: typeof given === 'number' ? given : null };
        run = goTo(withTrail({ ...run, goals: [...run.goals, reached] }, `reached: ${step.goal}`), next);
        break;
      }
      case 'experiment':
      case 'decide':
      case 'send':
      case 'setTrait':
      case 'webhook':
      case 'notifyAgent': {
        const key = `${run.runId}:${run.visits}:${step.id}`;
        const waiting = { kind: 'effect', key, tries: 0, notBefore: run.clock, held: false } as const;
        return { run: { ...run, waiting }, effects: [{ key, step }] };
      }
    }
  }
}

function isTooLate(run: RunState, since: number, { journey }: Scene): boolean {
  const { after, do: then } = journey.definition.tooLate;
  return then === 'end' && run.clock - since > durationToMs(after);
}

function onTime(run: RunState, scene: Scene): Advanced {
  const { waiting } = run;
  const still: Advanced = { run, effects: [] };
  const step = scene.journey.step(run.stepId);
  const next =
    step === undefined || step.type === 'end' ? END : (step.next ?? scene.journey.following(step.id));
  switch (waiting.kind) {
    case 'ended':
    case 'failed':
      return still;
    case 'start':
      return takeSteps(run, scene);
    case 'timer':
      if (run.clock < waiting.until) return still;
      if (isTooLate(run, waiting.until, scene)) return { run: end(run, 'too late', ''), effects: [] };
      return takeSteps(goTo(withTrail(run, 'waited'), next), scene);
    case 'event': {
      if (run.clock < waiting.until) return still;
      if (isTooLate(run, waiting.until, scene)) return { run: end(run, 'too late', ''), effects: [] };
      const to = step?.type === 'waitFor' ? step.timedOut : next;
      return takeSteps(goTo(withTrail(run, 'did not happen in time'), to, ['timedOut']), scene);
    }
    case 'effect': {
      if (run.clock < waiting.notBefore || step === undefined) return still;
      if (isTooLate(run, waiting.notBefore, scene)) return { run: end(run, 'too late', ''), effects: [] };
      const left = waiting.held ? exitOf(run, scene) : undefined;
      if (left !== undefined) return { run: exit(run, left), effects: [] };
      return { run, effects: [{ key: waiting.key, step }] };
    }
  }
}

function onEvent(before: RunState, event: RunEvent, scene: Scene): Advanced {
  const still: Advanced = { run: before, effects: [] };
  if (isOver(before) || before.seen.includes(event.messageId) || event.at < before.startedAt) return still;
  if (!scene.journey.eventNames.has(event.name)) return still;
  const run = withSeen(before, event.messageId);
  const left = exitOf(run, scene, event);
  if (left !== undefined) return { run: exit(run, left), effects: [] };
  const step = scene.journey.step(run.stepId);
  if (run.waiting.kind !== 'event' || step?.type !== 'waitFor' || !step.events.includes(event.name)) {
    return { run, effects: [] };
  }
  // It came after all, but the timeout was over before.
  if (event.at >= run.waiting.until) return { run, effects: [] };
  const when = scene.journey.condition(step.id);
  if (when !== undefined && when.test(factsFor(run, scene, event)) !== 'true') return { run, effects: [] };
  const told = { ...event.properties, event: event.name };
  const knows = { ...run, context: { ...run.context, ...prefixed(step.id, told) } };
  const next = step.next ?? scene.journey.following(step.id);
  return takeSteps(goTo(withTrail(knows, event.name), next), scene);
}

function onPerformed(
  run: RunState,
  { key, result }: { key: string; result: EffectResult },
  scene: Scene,
): Advanced {
  const { waiting } = run;
  const step = scene.journey.step(run.stepId);
  if (waiting.kind !== 'effect' || waiting.key !== key || step === undefined || step.type === 'end') {
    return { run, effects: [] };
  }
  const next = step.next ?? scene.journey.following(step.id);
  switch (result.kind) {
    case 'done': {
      const knows = { ...run, context: { ...run.context, ...prefixed(step.id, result.facts ?? {}) } };
      const variant = result.facts?.['variant'];
      const named =
        step.type === 'experiment' && typeof variant === 'string' ? step.variants[variant] : undefined;
      const path = named === undefined ? ONWARD : ['variants', String(variant)];
      return takeSteps(goTo(withTrail(knows, result.note), named ?? next, path), scene);
    }
    case 'none': {
      const to = step.type === 'decide' || step.type === 'send' ? (step.none ?? next) : next;
      return takeSteps(goTo(withTrail(run, `not sent: ${result.reason}`), to, ['none']), scene);
    }
    case 'held': {
      const most = step.type === 'decide' || step.type === 'send' ? durationToMs(step.hold) : 0;
      if (result.until > run.enteredAt + most) {
        const reason = `held too long: ${result.reason}`;
        return onPerformed(run, { key, result: { kind: 'none', reason } }, scene);
      }
      const held = { ...waiting, notBefore: Math.max(result.until, run.clock + 1_000), held: true };
      return { run: withTrail({ ...run, waiting: held }, `held: ${result.reason}`), effects: [] };
    }
    case 'failed': {
      if (result.retryAt === null) return { run: fail(run, key, result.reason), effects: [] };
      const later = {
        ...waiting,
        tries: waiting.tries + 1,
        notBefore: Math.max(result.retryAt, run.clock + 1),
      };
      return { run: withTrail({ ...run, waiting: later }, `tries again: ${result.reason}`), effects: [] };
    }
  }
}

function onRetry(run: RunState, scene: Scene): Advanced {
  const { waiting } = run;
  if (waiting.kind !== 'failed') return { run, effects: [] };
  const again = withTrail(run, 'tried again by hand');
  if (waiting.key === '') return takeSteps({ ...again, waiting: { kind: 'start' } }, scene);
  const step = scene.journey.step(run.stepId);
  const effect = { kind: 'effect', key: waiting.key, tries: 0, notBefore: run.clock, held: false } as const;
  return {
    run: { ...again, waiting: effect },
    effects: step === undefined ? [] : [{ key: waiting.key, step }],
  };
}

function take(run: RunState, input: RunInput, scene: Scene): Advanced {
  switch (input.type) {
    case 'time':
      return onTime(run, scene);
    case 'event':
      return onEvent(run, input.event, scene);
    case 'performed':
      return onPerformed(run, input, scene);
    case 'stop':
      return { run: endRun(run, 'stopped', { reason: input.reason, now: run.clock }), effects: [] };
    case 'retry':
      return onRetry(run, scene);
  }
}

/**
 * One customer's next steps in a journey: a pure function of the definition, the run, what is known of the customer, the
 * time and what happened. Effects come one at a time, and the run waits for what came of each; told the same result
 * twice, it takes account of it once.
 */
export function advance(before: RunState, { journey, customer, now, input }: AdvanceWith): Advanced {
  const run = { ...before, clock: Math.max(before.clock, now) };
  const advanced = take(run, input, { journey, customer });
  // Nothing happened: not even the clock is worth a write.
  return advanced.run === run && advanced.effects.length === 0 ? { run: before, effects: [] } : advanced;
}

/** Ends a run from outside. */
export function endRun(
  run: RunState,
  outcome: RunOutcome,
  { reason, now }: { readonly reason: string; readonly now: number },
): RunState {
  return isOver(run) && run.waiting.kind === 'ended'
    ? run
    : end({ ...run, clock: Math.max(run.clock, now) }, outcome, reason);
}

/** Makes a run a dead letter. */
export function failRun(run: RunState, reason: string): RunState {
  return isOver(run) ? run : fail(run, '', reason);
}
