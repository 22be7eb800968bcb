import { z } from 'zod';

export const DELIVERY_STATES = [
  'pending',
  'sending',
  'held',
  'sent',
  'delivered',
  'opened',
  'failed',
  'skipped',
] as const;

export const deliveryView = z.object({
  deliveryId: z.string(),
  decisionId: z.string().nullable(),
  customerId: z.string(),
  displayName: z.string(),
  channel: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(DELIVERY_STATES),
  /** Why it is in this state, in plain words: "not sent: no SMTP_URL". */
  detail: z.string(),
  /** Hand-overs to a channel that knows no repeats of which no answer is known: so many more times it may have arrived. */
  unanswered: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const outboxPage = z.object({
  items: z.array(deliveryView),
  nextCursor: z.string().nullable(),
  /** Messages of all pages that may have arrived once more than they should, or of which it is not known whether they did. */
  inDoubt: z.int(),
  /** Which channels messages can leave on, and what to set for the others. */
  channels: z.array(
    z.object({ channel: z.string(), name: z.string(), configured: z.boolean(), detail: z.string() }),
  ),
});
