import { z } from 'zod';
import { customerReference, identity } from './identity.js';
import { assignedView, CHURN_BANDS, INBOX_KINDS } from './inbox.js';
import { churnView, valueView } from './reason.js';

export const customerView = z.object({
  customerId: z.string(),
  displayName: z.string(),
  identities: z.array(identity),
  traits: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Worked out from events, as the policies define it; what is not known of the customer is left out. */
  computedTraits: z.array(
    z.object({
      traitId: z.string(),
      name: z.string(),
      /** Times as in JSON. */
      value: z.union([z.string(), z.number(), z.boolean()]),
      /** Since when it has been this. */
      at: z.iso.datetime(),
    }),
  ),
  consent: z.array(
    z.object({
      channel: z.string(),
      purpose: z.string(),
      state: z.enum(['granted', 'denied', 'unknown']),
      source: z.string(),
      at: z.iso.datetime().nullable(),
    }),
  ),
  /** What the policies' limits over all contacts with a customer leave now. */
  contactBudgets: z.array(
    z.object({
      name: z.string(),
      max: z.number().int(),
      used: z.number().int(),
      /** As in the policy: `7d`. */
      window: z.string(),
      /** When the next contact fits in again; null while one does, and where none ever will. */
      freeAt: z.iso.datetime().nullable(),
    }),
  ),
  timeZone: z.string().nullable(),
  /** Minutes the customer's clock is ahead of UTC now; null where their time zone is not known. */
  utcOffsetMinutes: z.number().int().nullable(),
  language: z.string().nullable(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  churn: churnView.nullable(),
  /** What the customer will bring in the coming year; null or absent where no model says so. */
  value: valueView.nullable().optional(),
  /** Chance of accepting on the agent channel: of each group its likeliest action, best first (four groups at most). */
  propensities: z.array(
    z.object({ group: z.string(), actionId: z.string(), name: z.string(), probability: z.number() }),
  ),
  summary: z.object({
    orders: z.number().int(),
    revenue: z.number(),
    currency: z.string(),
    averageOrderValue: z.number().nullable(),
    daysSinceOrder: z.number().nullable(),
    sessions30Days: z.number(),
    supportContacts90Days: z.number(),
  }),
  basket: z.object({ items: z.number(), value: z.number(), daysOld: z.number().nullable() }).nullable(),
});
export type CustomerView = z.infer<typeof customerView>;

export const timelineItem = z.object({
  /** Unique in the timeline, stable over time. */
  id: z.string(),
  kind: z.enum(['event', 'decision', 'outcome', 'delivery']),
  at: z.iso.datetime(),
  /** A few words: "Order completed", "Said yes to free express". */
  title: z.string(),
  /** One line more, or ''. */
  detail: z.string(),
  /** Set for decisions and what came of them. */
  decisionId: z.string().nullable(),
});
export type TimelineItem = z.infer<typeof timelineItem>;

const customerId = z.string().min(1).max(64);

export const customerQuery = z.strictObject({ customerId });

export const customerSearch = z.strictObject({
  /** The beginning of a name, or of a word of it, of an e-mail, a user id, a phone number; or a customer's id. */
  text: z.string().min(1).max(200),
});

export const foundCustomers = z.object({
  items: z.array(z.object({ customerId: z.string(), displayName: z.string(), email: z.string().nullable() })),
});

export const timelineRequest = z.strictObject({
  customerId,
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(1000).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type TimelineRequest = z.infer<typeof timelineRequest>;

export const resolveRequest = z.strictObject({ references: z.array(customerReference).min(1).max(8) });
export type ResolveRequest = z.output<typeof resolveRequest>;

export const timelinePage = z.object({ items: z.array(timelineItem), nextCursor: z.string().nullable() });

export const inboxItem = z.object({
  customerId: z.string(),
  displayName: z.string(),
  /** Why this customer is here, in about six words. */
  why: z.string(),
  kind: z.enum(INBOX_KINDS),
  /** Expected value of acting now, in the shop's currency: what the list is ordered by. */
  urgency: z.number(),
  currency: z.string(),
  churn: z.object({ probability: z.number(), band: z.enum(CHURN_BANDS) }).nullable(),
  /** Who looks after them now; null = nobody. */
  assigned: assignedView.nullable(),
  lastEventAt: z.iso.datetime(),
});
export type InboxItem = z.infer<typeof inboxItem>;

export const inboxPage = z.object({
  items: z.array(inboxItem),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
