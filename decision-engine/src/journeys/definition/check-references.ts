import type { CompileProblem } from '../../conditions/compile-condition.js';
import type { DecidingRules } from '../../decisions/deciding-rules.js';
import type { Journey } from './journey.js';
import type { Step } from './step.js';

/** What steps may name besides the profile: the catalogue in force and the webhook endpoints of the settings. */
export type KnownNames = {
  readonly rules: Pick<DecidingRules, 'catalogue' | 'policies' | 'segments' | 'action' | 'schema'>;
  readonly endpoints: readonly string[];
};

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'one of none';
  return names.length > 12
    ? `one of ${names.slice(0, 12).join(', ')} … (${names.length})`
    : `one of ${names.join(', ')}`;
}

function stepProblems(step: Step, at: readonly (string | number)[], { rules, endpoints }: KnownNames) {
  const problems: CompileProblem[] = [];
  const { catalogue, policies } = rules;
  const actionIds = catalogue.actions.map(({ actionId }) => actionId);
  const missing = (path: readonly (string | number)[], expected: string, got: string): void => {
    problems.push({ path: [...at, ...path], expected, got: `"${got}"` });
  };
  switch (step.type) {
    case 'send': {
      const action = rules.action(step.action);
      if (action === undefined) {
        missing(['action'], `an action: ${listed(actionIds)}`, step.action);
        break;
      }
      const fitting = action.treatments.filter(({ channel }) => channel === step.channel);
      if (fitting.length === 0)
        missing(['channel'], `a channel that "${step.action}" has a treatment for`, step.channel);
      else if (
        step.treatment !== undefined &&
        fitting.every(({ treatmentId }) => treatmentId !== step.treatment)
      ) {
        const ids = fitting.map(({ treatmentId }) => treatmentId);
        missing(
          ['treatment'],
          `a treatment of "${step.action}" on ${step.channel}: ${listed(ids)}`,
          step.treatment,
        );
      }
      break;
    }
    case 'decide': {
      step.actions.forEach((actionId, index) => {
        if (rules.action(actionId) === undefined)
          missing(['actions', index], `an action: ${listed(actionIds)}`, actionId);
      });
      const groups = [...new Set<string>(catalogue.actions.map(({ group }) => group))];
      step.groups.forEach((group, index) => {
        if (!groups.includes(group)) missing(['groups', index], `a group: ${listed(groups)}`, group);
      });
      const wanted = catalogue.actions.filter(
        ({ actionId, group }) => step.actions.includes(actionId) || step.groups.includes(group),
      );
      const channels = wanted.flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
      if (wanted.length > 0 && !step.channels.some((channel) => channels.includes(channel)))
        missing(['channels'], 'a channel that these actions have treatments for', step.channels.join(', '));
      break;
    }
    case 'experiment': {
      const ids = policies.experiments.map(({ experimentId }) => experimentId);
      const experiment = policies.experiments.find(({ experimentId }) => experimentId === step.experimentId);
      if (experiment === undefined) {
        missing(['experimentId'], `an experiment: ${listed(ids)}`, step.experimentId);
        break;
      }
      const variants: string[] = experiment.variants.map(({ variantId }) => variantId);
      for (const variant of Object.keys(step.variants)) {
        if (!variants.includes(variant))
          missing(['variants', variant], `a variant: ${listed(variants)}`, variant);
      }
      break;
    }
    case 'webhook':
      if (!endpoints.includes(step.endpoint))
        missing(['endpoint'], `an endpoint of the settings: ${listed(endpoints)}`, step.endpoint);
      break;
    default:
      break;
  }
  return problems;
}

/** What a journey names that isn't there. */
export function checkReferences(journey: Journey, known: KnownNames): CompileProblem[] {
  const problems = journey.steps.flatMap((step, index) => stepProblems(step, ['steps', index], known));
  const { entry } = journey;
  if (entry.type !== 'segment') return problems;
  const segments = known.rules.segments.map(({ segmentId }) => segmentId);
  if (segments.includes(entry.segmentId)) return problems;
  const expected = `a segment: ${listed(segments)}`;
  return [...problems, { path: ['entry', 'segmentId'], expected, got: `"${entry.segmentId}"` }];
}
