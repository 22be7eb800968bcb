import type { Action } from '../../catalogue/action.js';
import { compileRules, type DecidingRules } from '../../decisions/deciding-rules.js';
import type { StepOf } from '../definition/step.js';

type SendingStep = StepOf<'decide'> | StepOf<'send'>;

function fits(step: SendingStep, action: Action): boolean {
  if (step.type === 'send') return action.actionId === step.action;
  return step.actions.includes(action.actionId) || step.groups.includes(action.group);
}

function withTreatments(step: SendingStep, action: Action): Action[] {
  const channels: readonly string[] = step.type === 'send' ? [step.channel] : step.channels;
  const wanted = step.type === 'send' ? step.treatment : undefined;
  const treatments = action.treatments.filter(
    ({ channel, treatmentId }) =>
      channels.includes(channel) && (wanted === undefined || treatmentId === wanted),
  );
  return treatments.length === 0 ? [] : [{ ...action, treatments }];
}

const compiled = new WeakMap<DecidingRules, Map<string, DecidingRules>>();

/**
 * The rules in force with nothing to choose from but what a step lists. Everything else is the same: policies, history,
 * versions. Compiled once for each step and revision of the catalogue.
 */
export function restrictRules(rules: DecidingRules, step: SendingStep): DecidingRules {
  const known = compiled.get(rules) ?? new Map<string, DecidingRules>();
  compiled.set(rules, known);
  const key = JSON.stringify(step);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { catalogue, policies, segments } = rules;
  const actions = catalogue.actions.filter((action) => fits(step, action));
  const few = compileRules(
    { version: catalogue.version, actions: actions.flatMap((action) => withTreatments(step, action)) },
    { version: catalogue.version, policies },
    segments,
  );
  const restricted: DecidingRules = { ...rules, decide: few.decide };
  known.set(key, restricted);
  return restricted;
}
