import { z } from 'zod';
import { durationSchema } from '../../catalogue/duration.js';
import { conditionSchema } from '../../conditions/condition.js';
import { weekdaySchema } from '../../policy/contact-policy.js';
import { eventName, stepSchema } from './step.js';

const JOURNEY_SCHEMA_VERSION = 1;

const fieldPath = z
  .string()
  .regex(/^context\.[\w -]+(?:\.[\w -]+)*$/, 'a fact of the event such as "context.order_id"');

const entrySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    event: eventName,
    /** Over the profile and the event's properties, as `context.*`. */
    when: conditionSchema.optional(),
    /** What makes it one thing: each order, basket or case enters once. An event without it doesn't enter. */
    key: z.array(fieldPath).min(1).max(5).optional(),
  }),
  /** Whoever the condition holds for, looked at again every so often. */
  z.strictObject({
    type: z.literal('condition'),
    when: conditionSchema,
    every: durationSchema.default('1h'),
  }),
  z.strictObject({
    type: z.literal('segment'),
    segmentId: z.string().min(1).max(80),
    every: durationSchema.default('1h'),
  }),
  /** At a time of day in one zone, for everybody the condition holds for. */
  z.strictObject({
    type: z.literal('schedule'),
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:00"'),
    days: z.array(weekdaySchema).min(1).optional(),
    timeZone: z.string().min(1).max(60).default('UTC'),
    when: conditionSchema.optional(),
  }),
]);

const exitSchema = z
  .strictObject({
    name: z.string().min(1).max(120),
    /** Ends the run when this happens; its properties are `context.event.*`. Absent: whenever the run moves on. */
    event: eventName.optional(),
    when: conditionSchema.optional(),
    /** What it was for has come about. */
    goal: z.boolean().default(false),
  })
  .refine((exit) => exit.event !== undefined || exit.when !== undefined, {
    path: ['event'],
    message: 'an event, or a condition in "when"',
  });

/** A way to accompany customers through something, as data. */
export const journeySchema = z.strictObject({
  schemaVersion: z.literal(JOURNEY_SCHEMA_VERSION).default(JOURNEY_SCHEMA_VERSION),
  journeyId: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case words joined by "-"'),
  name: z.string().min(1).max(120),
  description: z.string().max(2_000).default(''),
  /** `promotional`: of customers who objected to profiling, conditions see neither behaviour nor scores. */
  class: z.enum(['promotional', 'transactional']).default('promotional'),
  entry: entrySchema,
  /** May the same customer enter again? With an entry key: always, but once for each key. */
  reentry: z
    .discriminatedUnion('allow', [
      z.strictObject({ allow: z.literal('never') }),
      z.strictObject({ allow: z.literal('always') }),
      /** Counted from when the run before began. */
      z.strictObject({ allow: z.literal('after'), after: durationSchema }),
    ])
    .default({ allow: 'never' }),
  caps: z
    .strictObject({
      /** Runs of one customer at once. */
      perCustomer: z.number().int().min(1).max(100).default(1),
      /** Runs at once, of all customers. */
      active: z.number().int().min(0).optional(),
      /** Entries in any 24 hours. */
      entriesPerDay: z.number().int().min(0).optional(),
    })
    .default({ perCustomer: 1 }),
  exits: z.array(exitSchema).max(20).default([]),
  /** After a stop of the engine: what is overdue by more than this is not caught up with. */
  tooLate: z
    .strictObject({ after: durationSchema, do: z.enum(['end', 'continue']).default('end') })
    .default({ after: '1d', do: 'end' }),
  /** Runs in flight when a new version is published: finish on theirs, or move where the step they are at still exists. */
  onNewVersion: z.enum(['finish', 'move']).default('finish'),
  steps: z.array(stepSchema).min(1).max(200),
});
export type Journey = z.output<typeof journeySchema>;
export type JourneyInput = z.input<typeof journeySchema>;
