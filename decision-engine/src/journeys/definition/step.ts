import { z } from 'zod';
import { durationSchema } from '../../catalogue/duration.js';
import { actionIdSchema, channelSchema, experimentIdSchema, groupIdSchema } from '../../catalogue/ids.js';
import { conditionSchema } from '../../conditions/condition.js';
import { weekdaySchema } from '../../policy/contact-policy.js';

/** Where a journey ends when a step names no other. */
export const END = 'end';

const stepIdSchema = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/, 'lower-case letters and digits joined by "-" or "_"');
/** A step of the journey, or "end". */
const target = stepIdSchema;
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as "10:00"');
const fieldPath = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z]\w*(?:\.[\w -]+)*$/, 'a field path such as "context.order_id"');
const name = z.string().min(1).max(120);
export const eventName = z.string().min(1).max(200);

const base = { id: stepIdSchema, name: name.optional() };
/** The step after this one in the list, unless another is named. */
const next = { next: target.optional() };

const waitStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('wait'),
  /** So long, counted from entering the step. */
  for: durationSchema.optional(),
  /** Until a date that is known of the customer or the run. */
  until: z
    .strictObject({
      date: fieldPath,
      /** Before or after it: "-3d", "2h". */
      offset: z
        .string()
        .regex(/^-?\d{1,6}[smhdw]$/, 'a length of time, with "-" for before: "-3d", "2h"')
        .optional(),
      /** Its next anniversary: a birthday. 29 February is kept on the 28th where the year has none. */
      yearly: z.boolean().default(false),
      /** Where to go when there is no such date; the next step where absent. */
      missing: target.optional(),
    })
    .optional(),
  /** Then on until the customer's own clock shows this; "best" = the hour at which they are mostly about. */
  at: z.union([clockTime, z.literal('best')]).optional(),
  /** … on one of these days. */
  days: z.array(weekdaySchema).min(1).optional(),
});

const waitForStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('waitFor'),
  /**
   * Any of these; its properties are `context.event.*` in `when`, and `context.<step id>.*` afterwards, with its name as
   * `context.<step id>.event`.
   */
  events: z.array(eventName).min(1).max(20),
  when: conditionSchema.optional(),
  timeout: durationSchema,
  timedOut: target,
});

const branchStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('branch'),
  /** The first whose condition holds; `next` where none does. */
  branches: z
    .array(z.strictObject({ name, when: conditionSchema, to: target }))
    .min(1)
    .max(20),
});

const scoreStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('score'),
  score: z.enum(['churn', 'value']),
  /** The first that contains the score, `from` included and `below` not; `next` where none does. */
  branches: z
    .array(z.strictObject({ name, from: z.number().optional(), below: z.number().optional(), to: target }))
    .min(1)
    .max(20),
  /** Where no model has scored the customer; `next` where absent. */
  unknown: target.optional(),
});

const experimentStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('experiment'),
  experimentId: experimentIdSchema,
  /** Step by variant; `next` for other variants and for customers outside the experiment. */
  variants: z.record(z.string().min(1).max(40), target),
});

const cohortStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('cohort'),
  /** Shares of all customers, at most 1 together; `next` for the rest. The same customer always falls into the same. */
  cohorts: z
    .array(z.strictObject({ name, share: z.number().min(0).max(1), to: target }))
    .min(1)
    .max(20),
});

const sending = {
  /** Not sent: no address, no consent, a limit reached, nothing worth it. The next step where absent. */
  none: target.optional(),
  /** How long it may be held back, by quiet hours say, before it counts as not sent. */
  hold: durationSchema.default('2d'),
};

const decideStep = z.strictObject({
  ...base,
  ...next,
  ...sending,
  type: z.literal('decide'),
  /** What the engine may choose from: these actions and all of these groups. */
  actions: z.array(actionIdSchema).max(50).default([]),
  groups: z.array(groupIdSchema).max(20).default([]),
  /** The channels it may choose from. */
  channels: z.array(channelSchema).min(1).max(10),
});

const sendStep = z.strictObject({
  ...base,
  ...next,
  ...sending,
  type: z.literal('send'),
  action: actionIdSchema,
  channel: channelSchema.default(channelSchema.parse('email')),
  /** One treatment of that channel; any that fits where absent. */
  treatment: z.string().min(1).max(80).optional(),
});

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);

const setTraitStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('setTrait'),
  trait: z.string().regex(/^[a-zA-Z]\w{0,59}$/, 'a name such as "plan"'),
  value: z.union([scalar, z.strictObject({ field: fieldPath })]),
});

const webhookStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('webhook'),
  /** An endpoint of the settings; addresses and secrets don't belong into definitions. */
  endpoint: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'the name of an endpoint'),
  eventType: z.string().min(1).max(100),
  /** What is told of the customer and the run. */
  fields: z.array(fieldPath).max(50).default([]),
});

const notifyAgentStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('notifyAgent'),
  title: z.string().min(1).max(200),
  note: z.string().max(1_000).default(''),
  /** When it should be done, from now. */
  dueIn: durationSchema.default('1d'),
});

const goalStep = z.strictObject({
  ...base,
  ...next,
  type: z.literal('goal'),
  goal: name,
  /** Money it brought. */
  value: z.union([z.number(), z.strictObject({ field: fieldPath })]).optional(),
});

const endStep = z.strictObject({ ...base, type: z.literal('end'), reason: z.string().max(200).default('') });

export const stepSchema = z.discriminatedUnion('type', [
  waitStep,
  waitForStep,
  branchStep,
  scoreStep,
  experimentStep,
  cohortStep,
  decideStep,
  sendStep,
  setTraitStep,
  webhookStep,
  notifyAgentStep,
  goalStep,
  endStep,
]);
export type Step = z.output<typeof stepSchema>;
export type StepOf<Type extends Step['type']> = Extract<Step, { type: Type }>;

/** Steps that stand still until time passes or something happens. */
export function isWaiting(step: Step): step is StepOf<'wait'> | StepOf<'waitFor'> {
  return step.type === 'wait' || step.type === 'waitFor';
}

export type Edge = {
  /** Below the step, for messages: `timedOut`, `branches[0].to`. */
  readonly path: readonly (string | number)[];
  /** What leads there, for diagrams; empty = plainly next. */
  readonly label: string;
  readonly to: string;
};

/** The path of the way that leads on to the next step. */
export const ONWARD: Edge['path'] = ['next'];

/** A way out of a step by one name: `help>none`, `ask>branches.0.to`. The names of a journey's ways are unique. */
export function wayOf(stepId: string, path: Edge['path']): string {
  return `${stepId}>${path.join('.')}`;
}

/** Every way out of a step. @param following the step after it in the list, or "end" */
export function edgesOf(step: Step, following: string): Edge[] {
  if (step.type === 'end') return [];
  const onward = (label = ''): Edge => ({ path: ONWARD, label, to: step.next ?? following });
  const to = (path: Edge['path'], label: string, wanted: string | undefined): Edge => ({
    path,
    label,
    to: wanted ?? step.next ?? following,
  });
  switch (step.type) {
    case 'wait':
      return step.until === undefined
        ? [onward()]
        : [onward(), to(['until', 'missing'], 'no such date', step.until.missing)];
    case 'waitFor':
      return [onward('happened'), to(['timedOut'], `not in ${step.timeout}`, step.timedOut)];
    case 'branch':
      return [
        ...step.branches.map((branch, index) => to(['branches', index, 'to'], branch.name, branch.to)),
        onward('otherwise'),
      ];
    case 'score':
      return [
        ...step.branches.map((branch, index) => to(['branches', index, 'to'], branch.name, branch.to)),
        to(['unknown'], 'not known', step.unknown),
        onward('otherwise'),
      ];
    case 'experiment':
      return [
        ...Object.entries(step.variants).map(([variant, wanted]) =>
          to(['variants', variant], variant, wanted),
        ),
        onward('otherwise'),
      ];
    case 'cohort':
      return [
        ...step.cohorts.map((cohort, index) => to(['cohorts', index, 'to'], cohort.name, cohort.to)),
        ...(step.cohorts.reduce((sum, { share }) => sum + share, 0) < 1 ? [onward('the rest')] : []),
      ];
    case 'decide':
    case 'send':
      return [onward('sent'), to(['none'], 'not sent', step.none)];
    case 'setTrait':
    case 'webhook':
    case 'notifyAgent':
    case 'goal':
      return [onward()];
  }
}
