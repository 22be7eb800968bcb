import { z } from 'zod';
import { customerReference } from './identity.js';

export const privacyRequest = z.object({
  requestId: z.string(),
  kind: z.enum(['export', 'erase']),
  /** `settling`: everything is gone, and what was under way meanwhile is looked for once more. */
  state: z.enum(['waiting', 'running', 'settling', 'done']),
  /** Null once they are erased. */
  customerId: z.string().nullable(),
  displayName: z.string().nullable(),
  requestedBy: z.string(),
  reason: z.string(),
  createdAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  /** Documents written out or erased, by collection. */
  counts: z.record(z.string(), z.number().int()),
  problem: z.string().nullable(),
  /** Until when an export can be fetched; null for others. */
  fetchableUntil: z.iso.datetime().nullable(),
});
export type PrivacyRequestView = z.infer<typeof privacyRequest>;

export const privacyList = z.object({ items: z.array(privacyRequest) });

export const beginPrivacyRequest = z.strictObject({
  kind: z.enum(['export', 'erase']),
  customer: customerReference,
  /** Why, for the record: a ticket's number. Nothing personal. */
  reason: z.string().max(200).default(''),
});
export type BeginPrivacyRequest = z.output<typeof beginPrivacyRequest>;

export const privacyQuery = z.strictObject({ requestId: z.string().min(1).max(64) });

/** `json` is the whole export as one text of JSON. */
export const privacyExport = z.object({ fileName: z.string(), json: z.string() });
