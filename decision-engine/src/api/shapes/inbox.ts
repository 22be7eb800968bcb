import { z } from 'zod';

export const INBOX_KINDS = ['unhappy', 'leaving', 'basket', 'delivery', 'active'] as const;
export const CHURN_BANDS = ['unlikely', 'watch', 'likely'] as const;

const customerId = z.string().min(1).max(64);
const viewId = z.string().regex(/^[\w-]{8,64}$/);

/** What to see of the inbox. Absent = all; several of a list = any of them. */
export const inboxFilter = z.strictObject({
  /** Why they are there. */
  kinds: z.array(z.enum(INBOX_KINDS)).min(1).max(INBOX_KINDS.length).optional(),
  /** How likely they are to leave. */
  bands: z.array(z.enum(CHURN_BANDS)).min(1).max(CHURN_BANDS.length).optional(),
  /** Who looks after them: the one who asks, nobody, somebody else. */
  assigned: z.enum(['me', 'nobody', 'others']).optional(),
  segment: z.string().min(1).max(80).optional(),
  /** The channel on which they wrote to us at some time. */
  channel: z
    .string()
    .regex(/^[a-z][a-z-]{0,30}$/)
    .optional(),
  /** Least expected value of acting now, in the shop's currency. */
  worth: z.number().min(0).max(1_000_000_000).optional(),
});
export type InboxFilter = z.infer<typeof inboxFilter>;

export const inboxRequest = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
  filter: inboxFilter.default({}),
});
export type InboxRequest = z.output<typeof inboxRequest>;

/** Who looks after a customer. */
export const assignedView = z.object({ agentId: z.string(), name: z.string(), at: z.iso.datetime() });
export type AssignedView = z.infer<typeof assignedView>;

export const assignmentQuery = z.strictObject({ customerId });
export const assignRequest = z.strictObject({
  customerId,
  /** `take` only where nobody has them, `takeOver` also from somebody else, `release` where it is the one who asks. */
  how: z.enum(['take', 'takeOver', 'release']),
});
export type AssignRequest = z.infer<typeof assignRequest>;
export const assignmentAnswer = z.object({
  /** Whether it was done: not where somebody else has them. */
  done: z.boolean(),
  assigned: assignedView.nullable(),
});
export type AssignmentAnswer = z.infer<typeof assignmentAnswer>;

const inboxView = z.object({
  viewId: z.string(),
  name: z.string(),
  filter: inboxFilter,
  /** Everybody sees it. */
  shared: z.boolean(),
});
export type InboxViewView = z.infer<typeof inboxView>;
export const inboxViews = z.object({
  items: z.array(inboxView),
  /** What the queue begins with; null = everybody. */
  defaultViewId: z.string().nullable(),
});
export type InboxViews = z.infer<typeof inboxViews>;

export const saveViewRequest = z.strictObject({
  /** Chosen by the caller: the same one again changes that view. */
  viewId,
  name: z.string().trim().min(1).max(60),
  filter: inboxFilter,
  shared: z.boolean().default(false),
});
export type SaveViewRequest = z.output<typeof saveViewRequest>;
export const viewQuery = z.strictObject({ viewId });
export const defaultViewRequest = z.strictObject({ viewId: viewId.nullable() });

/** What a filter can choose from. */
export const inboxChoices = z.object({
  segments: z.array(z.object({ segmentId: z.string(), name: z.string() })),
  channels: z.array(z.string()),
});
export type InboxChoices = z.infer<typeof inboxChoices>;
