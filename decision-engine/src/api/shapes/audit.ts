import { z } from 'zod';

export const auditEntryView = z.object({
  auditId: z.string(),
  at: z.iso.datetime(),
  who: z.object({ kind: z.enum(['agent', 'app', 'command']), id: z.string(), name: z.string() }),
  what: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  outcome: z.enum(['begun', 'done', 'failed']),
  problem: z.string().nullable(),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

export const auditPage = z.object({ items: z.array(auditEntryView), nextCursor: z.string().nullable() });

export const auditQuery = z.strictObject({
  who: z.string().min(1).max(100).optional(),
  /** `people` for all of people, or one call: `people.setRole`. */
  what: z
    .string()
    .regex(/^[a-zA-Z.]{1,80}$/, 'a part ("people") or a call ("people.setRole")')
    .optional(),
  target: z.string().min(1).max(128).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.output<typeof auditQuery>;
