import { z } from 'zod';
import { isTimeZone } from './time-zone.js';

export const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, 'Expected a time zone of the IANA list, such as "Europe/London"');

/** What figures about the company are worked out with. Nothing here changes a decision. */
export const companySchema = z.strictObject({
  /** In which days of figures begin and end. */
  timeZone: timeZoneSchema.default('UTC'),
  /** What one support conversation costs, in the shop's currency, however long it is; absent = not known. */
  costPerConversation: z.number().min(0).max(100_000).optional(),
  /** On top, for each hour between its first and last message. */
  costPerConversationHour: z.number().min(0).max(100_000).default(0),
  /** Issues whose actions answer a need that would else have been a conversation. */
  serviceIssues: z.array(z.string().min(1).max(60)).max(50).default(['service-recovery']),
});
export type Company = z.output<typeof companySchema>;
