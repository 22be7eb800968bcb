import { z } from 'zod';
import { customerReference } from './identity.js';
import { churnView, reason } from './reason.js';

export const decideRequest = z.strictObject({
  customer: customerReference,
  /** Where the answer will be used: `agent`, `web`, `email` … */
  channel: z.string().min(1).max(64),
  placement: z.string().min(1).max(64).optional(),
  /** Other channels that would do: the next best channel is chosen too. */
  alsoOn: z.array(z.string().min(1).max(64)).max(10).optional(),
  /** How many actions are wanted, ranked. */
  slots: z.number().int().min(1).max(10).default(3),
  /** Facts of this moment (page, topic, language …); no personal data, it is stored with the decision. */
  context: z
    .record(z.string().min(1).max(64), z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]))
    .default({}),
});
export type DecideRequest = z.infer<typeof decideRequest>;

export const rankedAction = z.object({
  rank: z.number().int().min(1),
  actionId: z.string(),
  name: z.string(),
  issue: z.string(),
  group: z.string(),
  class: z.enum(['promotional', 'transactional', 'mandatory']),
  treatment: z.object({
    treatmentId: z.string(),
    channel: z.string(),
    title: z.string(),
    body: z.string(),
    /** What an agent may say; null where the treatment has none. */
    talkTrack: z.string().nullable(),
  }),
  /** Probability, 0 to 1, that this customer accepts this action on this channel now; null where rules alone decide. */
  propensity: z.number().min(0).max(1).nullable(),
  /** Expected worth of an acceptance, in the shop's currency. */
  value: z.number(),
  /** P x C x V x L. */
  priority: z.number(),
  /** Probability, 0 to 1, with which the policy chose this action for this slot. */
  probability: z.number().min(0).max(1),
  reasons: z.array(reason),
});
export type RankedAction = z.infer<typeof rankedAction>;

export const decideAnswer = z.object({
  decisionId: z.string(),
  customerId: z.string(),
  channel: z.string(),
  decidedAt: z.iso.datetime(),
  actions: z.array(rankedAction),
  /** Why there is no action; null when there is one. */
  none: z.string().nullable(),
  churn: churnView.nullable(),
});
export type DecideAnswer = z.infer<typeof decideAnswer>;

/** Most decisions asked for at once. */
const BATCH_LIMIT = 100;

export const decideBatchRequest = z.strictObject({
  requests: z.array(decideRequest).min(1).max(BATCH_LIMIT),
});
export type DecideBatchRequest = z.infer<typeof decideBatchRequest>;

/** In the order of the requests; a customer who is not known doesn't spoil the others. */
export const decideBatchAnswer = z.object({
  results: z.array(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), answer: decideAnswer }),
      z.object({
        ok: z.literal(false),
        error: z.object({ code: z.literal('unknown_customer'), message: z.string() }),
      }),
    ]),
  ),
});
export type DecideBatchAnswer = z.infer<typeof decideBatchAnswer>;

export const OUTCOMES = [
  'shown',
  'clicked',
  'accepted',
  'rejected',
  'postponed',
  'converted',
  'ignored',
] as const;

export const feedbackRequest = z.strictObject({
  decisionId: z.string().min(1).max(64),
  actionId: z.string().min(1).max(128),
  outcome: z.enum(OUTCOMES),
  /** Money the outcome brought, in the shop's currency. */
  value: z.number().finite().optional(),
  /** Why: an agent's or a customer's word (`not relevant`, `too expensive` …). */
  note: z.string().max(500).optional(),
  /** For `postponed`: when to bring it up again. */
  until: z.iso.datetime({ offset: true }).optional(),
  /** Makes a repeat harmless; made from decision, action and outcome where absent. */
  feedbackId: z.string().min(1).max(128).optional(),
});
export type FeedbackRequest = z.infer<typeof feedbackRequest>;

export const feedbackAnswer = z.object({
  feedbackId: z.string(),
  /** False when this outcome was recorded before: nothing was counted twice. */
  recorded: z.boolean(),
});

export const outcomeRecord = z.object({
  feedbackId: z.string(),
  actionId: z.string(),
  outcome: z.enum(OUTCOMES),
  value: z.number().nullable(),
  note: z.string().nullable(),
  until: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
  /** The agent who gave it; null when it came through the API or a channel. */
  agent: z.object({ agentId: z.string(), name: z.string() }).nullable(),
});
export type OutcomeRecord = z.infer<typeof outcomeRecord>;

export const candidateRecord = z.object({
  actionId: z.string(),
  name: z.string(),
  treatmentId: z.string(),
  channel: z.string(),
  stayed: z.boolean(),
  /** `held`: not now, but later; `out`: dropped. */
  status: z.enum(['qualified', 'held', 'out']).optional(),
  /** Every rule that was run, in order. */
  rules: z.array(
    z.object({
      rule: z.string(),
      passed: z.boolean(),
      detail: z.string(),
      /** What a rule that failed did. */
      effect: z.enum(['hold', 'drop']).optional(),
      /** The values that were compared, where the rule compares any. */
      compared: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    }),
  ),
  priority: z.number().nullable(),
  /** How the priority came about: "0.12 x 1.5 x 40 x 1.2 = 8.64"; null where it was not scored. */
  arithmetic: z.string().nullable(),
  /** Probability, 0 to 1, that this candidate took the first slot. */
  probability: z.number(),
});

/** A decision as it was stored, with all candidates: what `decide` answered, why, and what came of it. */
export const decisionRecord = decideAnswer.extend({
  candidates: z.array(candidateRecord),
  /** Best first: what contact rules allow later, and when; null = not known when. Absent in older records, as are the next three. */
  held: z
    .array(
      z.object({
        actionId: z.string(),
        treatmentId: z.string(),
        channel: z.string(),
        until: z.iso.datetime().nullable(),
      }),
    )
    .optional(),
  /** The variants of experiments the customer was in. */
  experiments: z
    .array(z.object({ experimentId: z.string(), variantId: z.string(), layer: z.string() }))
    .optional(),
  /** Whether the customer is held out of all promotion. */
  globalHoldOut: z.boolean().optional(),
  /** What the customer seemed to want. */
  intents: z.array(z.string()).optional(),
  outcomes: z.array(outcomeRecord),
  requestedBy: z.string(),
  policyVersion: z.string(),
  catalogueVersion: z.string(),
  modelVersions: z.record(z.string(), z.string()),
});
export const decisionQuery = z.strictObject({ decisionId: z.string().min(1).max(64) });

/** What `decide` would answer now, and why. Nothing was written: there is no decision id. */
export const explainAnswer = decisionRecord
  .omit({ decisionId: true, outcomes: true, requestedBy: true })
  .extend({
    /** The strategy that drew the order, or why none did. */
    exploration: z.string(),
  });
export type ExplainAnswer = z.infer<typeof explainAnswer>;
export type CandidateRecord = z.infer<typeof candidateRecord>;
export type DecisionRecord = z.infer<typeof decisionRecord>;

const outcomeName = z.enum(['shown', 'clicked', 'accepted', 'rejected', 'postponed', 'converted', 'ignored']);

export const decisionsQuery = z.strictObject({
  channel: z.string().min(1).max(64).optional(),
  /** Chosen in it, on whatever rank. */
  actionId: z.string().min(1).max(128).optional(),
  outcome: outcomeName.optional(),
  customerId: z.string().min(1).max(64).optional(),
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type DecisionsQuery = z.output<typeof decisionsQuery>;

export const decisionsPage = z.object({
  items: z.array(
    z.object({
      decisionId: z.string(),
      customerId: z.string(),
      displayName: z.string(),
      channel: z.string(),
      decidedAt: z.iso.datetime(),
      requestedBy: z.string(),
      /** Best first. */
      chosen: z.array(z.object({ actionId: z.string(), name: z.string() })).readonly(),
      none: z.string().nullable(),
      outcomes: z.array(z.object({ actionId: z.string(), outcome: outcomeName })).readonly(),
      globalHoldOut: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type DecisionsPage = z.infer<typeof decisionsPage>;
