import { z } from 'zod';
import { rankingSchema } from '../arbitration/ranking.js';
import { contextWeightSchema, leverSchema, namedConditionSchema } from '../catalogue/action.js';
import { describeIssues } from '../catalogue/describe-issues.js';
import { computedTraitsSchema } from '../computed-traits/computed-trait.js';
import { conditionSchema } from '../conditions/condition.js';
import { experimentSchema, globalHoldOutSchema } from '../experiments/experiment.js';
import { layerOverlaps } from '../experiments/layer-overlaps.js';
import { explorationPolicySchema } from '../exploration/exploration-settings.js';
import { outcomeSettingsSchema } from '../outcomes/outcome-settings.js';
import { companySchema } from './company.js';
import { contactPolicySchema } from './contact-policy.js';
import { selectorSchema } from './selector.js';

const POLICIES_SCHEMA_VERSION = 1;

/** A condition that holds for many actions at once: all of an issue, a group, a class … */
const engagementRuleSchema = namedConditionSchema.extend({
  stage: z.enum(['eligibility', 'applicability', 'suitability']),
  appliesTo: selectorSchema.default({}),
});

/** A lever that holds for many actions at once. */
const policyLeverSchema = leverSchema.extend({ appliesTo: selectorSchema.default({}) });
const policyContextWeightSchema = contextWeightSchema.extend({
  appliesTo: selectorSchema.default({}),
});

/** An intent and what tells it: pages, searches as events, the conversation's topic. */
const intentSchema = z.strictObject({ intent: z.string().min(1).max(60), when: conditionSchema });

export const diversitySchema = z.strictObject({
  /** Most slots one group may take in one decision; absent = no limit. */
  maxPerGroup: z.number().int().min(1).optional(),
  maxPerIssue: z.number().int().min(1).optional(),
});
export type Diversity = z.output<typeof diversitySchema>;

/** Everything that governs decisions apart from the actions themselves. Every part has a default. */
export const policiesSchema = z.strictObject({
  schemaVersion: z.literal(POLICIES_SCHEMA_VERSION).default(POLICIES_SCHEMA_VERSION),
  engagement: z.array(engagementRuleSchema).max(200).default([]),
  contact: contactPolicySchema.prefault({}),
  ranking: rankingSchema.prefault({}),
  levers: z.array(policyLeverSchema).max(200).default([]),
  contextWeights: z.array(policyContextWeightSchema).max(200).default([]),
  /** What the customer seems to want, read from the session; conditions see it in `context.intents`. */
  intents: z.array(intentSchema).max(100).default([]),
  diversity: diversitySchema.default({}),
  exploration: explorationPolicySchema.prefault({}),
  experiments: z
    .array(experimentSchema)
    .max(100)
    .default([])
    .superRefine((experiments, context) => {
      for (const { index, message } of layerOverlaps(experiments)) {
        context.addIssue({ code: 'custom', path: [index, 'from'], message, input: experiments[index]?.from });
      }
    }),
  globalHoldOut: globalHoldOutSchema.optional(),
  outcomes: outcomeSettingsSchema.prefault({}),
  /** What is worked out of each customer's events; conditions and texts see it in `computed`. */
  computedTraits: computedTraitsSchema,
  company: companySchema.prefault({}),
});
export type Policies = z.output<typeof policiesSchema>;
export type PoliciesInput = z.input<typeof policiesSchema>;

/** Policies with the revision they were read at. */
export type VersionedPolicies = { readonly version: string; readonly policies: Policies };

export type ParsedPolicies =
  | { readonly ok: true; readonly policies: Policies }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses what a YAML file or an API call holds; `parsePolicies({})` gives the defaults. */
export function parsePolicies(input: unknown): ParsedPolicies {
  const parsed = policiesSchema.safeParse(input);
  if (parsed.success) return { ok: true, policies: parsed.data };
  return { ok: false, problems: describeIssues(parsed.error.issues, { input, name: 'policies' }) };
}
