import { z } from 'zod';
import { conditionSchema } from '../conditions/condition.js';
import { formulaSchema } from '../conditions/formula.js';
import { actionIdSchema, groupIdSchema, issueIdSchema } from './ids.js';
import { instantSchema } from './instant.js';
import { treatmentSchema } from './treatment.js';

/**
 * `promotional` obeys every contact rule; `transactional` skips frequency limits; `mandatory` skips everything but
 * legal suppression.
 */
export const ACTION_CLASSES = ['promotional', 'transactional', 'mandatory'] as const;
export const actionClassSchema = z.enum(ACTION_CLASSES);
export type ActionClass = z.output<typeof actionClassSchema>;

const CATALOGUE_SCHEMA_VERSION = 1;

/** A named condition: the name is what explanations and counts show. */
export const namedConditionSchema = z.strictObject({
  name: z.string().min(1).max(120),
  when: conditionSchema,
});
export type NamedCondition = z.output<typeof namedConditionSchema>;

/** What one acceptance is worth, in the shop's currency, before {@link Action.cost}. */
const actionValueSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), amount: z.number().min(0) }),
  z.strictObject({
    type: z.literal('formula'),
    formula: formulaSchema,
    fallback: z.number().min(0).default(0),
  }),
  /** A share of the value model's expected margin of the customer; `fallback` where there is no score. */
  z.strictObject({
    type: z.literal('model'),
    share: z.number().min(0).max(10).default(1),
    fallback: z.number().min(0).default(0),
  }),
]);

/** A business weight in percent: +20 raises, -50 lowers. All levers of a candidate add up: L = 1 + sum / 100. */
export const leverSchema = z.strictObject({
  name: z.string().min(1).max(120),
  percent: z.number().min(-100).max(1_000),
});
export type Lever = z.output<typeof leverSchema>;

/** A weight that holds in a context: C = 1 + sum of the percents whose condition holds / 100. */
export const contextWeightSchema = z.strictObject({
  name: z.string().min(1).max(120),
  when: conditionSchema,
  percent: z.number().min(-100).max(1_000),
});
export type ContextWeight = z.output<typeof contextWeightSchema>;

/** Caps over all customers together. Usage is counted by the shell and handed to the decision. */
const actionLimitsSchema = z.strictObject({
  /** Contacts in all. */
  totalContacts: z.number().int().min(0).optional(),
  /** Acceptances in all: a stock of vouchers, say. */
  totalAcceptances: z.number().int().min(0).optional(),
  /** Money in all: cost per acceptance and contact costs. */
  budget: z.number().min(0).optional(),
  /** Contacts of one customer with this action, ever. */
  contactsPerCustomer: z.number().int().min(0).optional(),
  /** Acceptances of one customer, ever; 1 = once accepted, never again. */
  acceptancesPerCustomer: z.number().int().min(0).optional(),
});

/** Something the company could do. */
export const actionSchema = z
  .strictObject({
    schemaVersion: z.literal(CATALOGUE_SCHEMA_VERSION).default(CATALOGUE_SCHEMA_VERSION),
    actionId: actionIdSchema,
    /** A verb phrase: "Offer free express on the delayed order". */
    name: z.string().min(1).max(200),
    description: z.string().max(2_000).default(''),
    issue: issueIdSchema,
    group: groupIdSchema,
    class: actionClassSchema,
    value: actionValueSchema,
    /** Money spent when it is accepted (the discount, the voucher); V = value - cost, at least 0. */
    cost: z.number().min(0).default(0),
    levers: z.array(leverSchema).max(20).default([]),
    contextWeights: z.array(contextWeightSchema).max(50).default([]),
    startsAt: instantSchema.optional(),
    /** The action is over at this very instant. */
    endsAt: instantSchema.optional(),
    limits: actionLimitsSchema.default({}),
    tags: z.array(z.string().min(1).max(60)).max(50).default([]),
    /** May they? */
    eligibility: z.array(namedConditionSchema).max(50).default([]),
    /** Does it fit now? */
    applicability: z.array(namedConditionSchema).max(50).default([]),
    /** Is it good for them? */
    suitability: z.array(namedConditionSchema).max(50).default([]),
    /** Where uplift was measured: least rise in probability over doing nothing; below it the action is not suitable. */
    minimumUplift: z.number().min(-1).max(1).optional(),
    /** Considered only when nothing else is left. */
    fallback: z.boolean().default(false),
    /** Used for P until a model knows the action, and for customers who may not be profiled. */
    startingPropensity: z.number().min(0).max(1).default(0.1),
    treatments: z.array(treatmentSchema).min(1).max(50),
  })
  .superRefine((action, context) => {
    const seen = new Set<string>();
    action.treatments.forEach((treatment, index) => {
      if (seen.has(treatment.treatmentId)) {
        context.addIssue({
          code: 'custom',
          path: ['treatments', index, 'treatmentId'],
          message: 'unique within the action',
          input: treatment.treatmentId,
        });
      }
      seen.add(treatment.treatmentId);
    });
    if (action.startsAt !== undefined && action.endsAt !== undefined && action.startsAt >= action.endsAt) {
      context.addIssue({
        code: 'custom',
        path: ['endsAt'],
        message: `after startsAt (${action.startsAt.toISOString()})`,
        input: action.endsAt.toISOString(),
      });
    }
  });
export type Action = z.output<typeof actionSchema>;
/** As people write it, before defaults. */
export type ActionInput = z.input<typeof actionSchema>;
