import { durationToMs } from '../../catalogue/duration.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import type { CustomerFacts } from './run-facts.js';
import { factsOf } from './run-facts.js';
import type { RunState } from './run-state.js';
import { withTrail } from './run-state.js';
import { waitUntil } from './wait-until.js';

/**
 * A run as it stands in another version of its journey, at the same step; its wait is counted anew from when it entered
 * the step. Null where the step is gone or of another type there, or something outside is under way: it stays where it is.
 */
export function moveRun(
  run: RunState,
  from: CompiledJourney,
  { to, customer }: { readonly to: CompiledJourney; readonly customer: CustomerFacts },
): RunState | null {
  const step = to.step(run.stepId);
  if (step === undefined || step.type !== from.step(run.stepId)?.type) return null;
  const moved = withTrail(run, 'moved to a new version');
  if (run.waiting.kind === 'timer' && step.type === 'wait') {
    const { timeZone } = customer;
    const facts = factsOf(customer, {
      context: run.context,
      now: run.clock,
      promotional: to.definition.class === 'promotional',
    });
    const until = waitUntil(step, { journey: to, facts, enteredAt: run.enteredAt, timeZone });
    return until === null ? null : { ...moved, waiting: { kind: 'timer', until } };
  }
  if (run.waiting.kind === 'event' && step.type === 'waitFor') {
    return { ...moved, waiting: { kind: 'event', until: run.enteredAt + durationToMs(step.timeout) } };
  }
  return run.waiting.kind === 'start' ? moved : null;
}
