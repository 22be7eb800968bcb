import { describeIssues } from '../../catalogue/describe-issues.js';
import {
  type CompiledCondition,
  type CompileProblem,
  compileCondition,
} from '../../conditions/compile-condition.js';
import type { Condition } from '../../conditions/condition.js';
import type { FieldReader } from '../../conditions/facts.js';
import { problemTexts } from '../../conditions/problem-text.js';
import { findField } from '../../conditions/profile-schema.js';
import { PROFILE_SCHEMA } from '../../decisions/deciding-rules.js';
import { isTimeZone } from '../../policy/time-zone.js';
import { checkGraph } from './check-graph.js';
import { checkReferences, type KnownNames } from './check-references.js';
import { type Journey, journeySchema } from './journey.js';
import { END, type Step } from './step.js';

export type CompiledExit = {
  readonly name: string;
  readonly event: string | undefined;
  readonly when: CompiledCondition | undefined;
  readonly goal: boolean;
};

/** A journey with its conditions as closures: made once, run for any number of customers. */
export type CompiledJourney = {
  readonly definition: Journey;
  readonly firstStep: string;
  step(stepId: string): Step | undefined;
  /** The step after this one in the list, or "end". */
  following(stepId: string): string;
  /** The condition at this path below the journey: `steps.remind.when`. */
  condition(key: string): CompiledCondition | undefined;
  /** Reads a field that a step names. */
  field(path: string): FieldReader;
  readonly entryCondition: CompiledCondition | undefined;
  readonly exits: readonly CompiledExit[];
  /** Names of the events that start, end or move runs of it. */
  readonly eventNames: ReadonlySet<string>;
};

export type CompilingJourney =
  | { readonly ok: true; readonly journey: CompiledJourney }
  | { readonly ok: false; readonly problems: readonly string[] };

export function branchKey(stepId: string, index: number): string {
  return `${stepId}[${index}]`;
}

function segmentCondition(segmentId: string): Condition {
  return { field: 'segments', op: 'containsAny', value: [segmentId] };
}

function entryConditionOf({ entry }: Journey): { readonly when: Condition; readonly path: string[] } | null {
  if (entry.type === 'segment')
    return { when: segmentCondition(entry.segmentId), path: ['entry', 'segmentId'] };
  return entry.when === undefined ? null : { when: entry.when, path: ['entry', 'when'] };
}

function fieldsNamed(step: Step): { readonly field: string; readonly path: (string | number)[] }[] {
  switch (step.type) {
    case 'wait':
      return step.until === undefined ? [] : [{ field: step.until.date, path: ['until', 'date'] }];
    case 'setTrait':
      return typeof step.value === 'object' ? [{ field: step.value.field, path: ['value', 'field'] }] : [];
    case 'goal':
      return typeof step.value === 'object' ? [{ field: step.value.field, path: ['value', 'field'] }] : [];
    case 'webhook':
      return step.fields.map((field, index) => ({ field, path: ['fields', index] }));
    default:
      return [];
  }
}

function eventNamesOf({ entry, exits, steps }: Journey): Set<string> {
  return new Set([
    ...(entry.type === 'event' ? [entry.event] : []),
    ...exits.flatMap(({ event }) => (event === undefined ? [] : [event])),
    ...steps.flatMap((step) => (step.type === 'waitFor' ? step.events : [])),
  ]);
}

/**
 * Checks a definition and compiles it.
 * @param known absent: what it names outside itself is not checked; for versions that were published before
 * @returns the journey, or every problem with its path: `Expected "steps[3].timedOut" to be a step or "end", got "x"`
 */
export function compileJourney(input: unknown, known?: KnownNames): CompilingJourney {
  const parsed = journeySchema.safeParse(input);
  if (!parsed.success)
    return { ok: false, problems: describeIssues(parsed.error.issues, { input, name: '' }) };
  const definition = parsed.data;
  const { entry, steps } = definition;
  const problems: CompileProblem[] = [
    ...checkGraph(steps),
    ...(known === undefined ? [] : checkReferences(definition, known)),
  ];
  if (entry.type === 'schedule' && !isTimeZone(entry.timeZone)) {
    problems.push({ path: ['entry', 'timeZone'], expected: 'a time zone', got: `"${entry.timeZone}"` });
  }
  const schema = known?.rules.schema ?? PROFILE_SCHEMA;
  const compile = (condition: Condition, path: readonly (string | number)[]): CompiledCondition =>
    compileCondition(condition, { schema, path, problems });

  const conditions = new Map<string, CompiledCondition>();
  const readers = new Map<string, FieldReader>();
  steps.forEach((step, index) => {
    if (step.type === 'waitFor' && step.when !== undefined)
      conditions.set(step.id, compile(step.when, ['steps', index, 'when']));
    if (step.type === 'branch') {
      step.branches.forEach(({ when }, at) => {
        conditions.set(branchKey(step.id, at), compile(when, ['steps', index, 'branches', at, 'when']));
      });
    }
    for (const { field, path } of fieldsNamed(step)) {
      const found = findField(field, schema);
      if (found.ok) readers.set(field, found.field.read);
      else
        problems.push({
          path: ['steps', index, ...path],
          expected: found.expected,
          got: `"${field}"`,
        });
    }
  });
  const entryWhen = entryConditionOf(definition);
  const entryCondition = entryWhen === null ? undefined : compile(entryWhen.when, entryWhen.path);
  const exits = definition.exits.map(({ name, event, when, goal }, index) => ({
    name,
    event,
    goal,
    when: when === undefined ? undefined : compile(when, ['exits', index, 'when']),
  }));
  const [first] = steps;
  if (problems.length > 0 || first === undefined) return { ok: false, problems: problemTexts(problems) };

  const byId = new Map(steps.map((step) => [step.id, step]));
  const after = new Map(steps.map((step, index) => [step.id, steps[index + 1]?.id ?? END]));
  return {
    ok: true,
    journey: {
      definition,
      firstStep: first.id,
      step: (stepId) => byId.get(stepId),
      following: (stepId) => after.get(stepId) ?? END,
      condition: (key) => conditions.get(key),
      field: (path) => readers.get(path) ?? (() => undefined),
      entryCondition,
      exits,
      eventNames: eventNamesOf(definition),
    },
  };
}
