import { z } from 'zod';
import { identity } from './identity.js';

export const mergeView = z.object({
  /** Null for merges from before they were recorded: those can't be undone. */
  mergeId: z.string().nullable(),
  /** Who became part of the other. */
  absorbedId: z.string(),
  absorbedName: z.string(),
  /** The event that showed that both are one; null where it was not recorded. */
  because: z
    .object({
      messageId: z.string(),
      /** `identify`, `alias`, `track` … */
      eventType: z.string(),
      identities: z.array(identity),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** `merging` and `undoing` are under way. */
  state: z.enum(['merging', 'merged', 'undoing', 'undone']),
  /** What goes back when it is undone; events and decisions of before the merge. */
  identities: z.array(identity),
  events: z.number().int(),
  decisions: z.number().int(),
  /** Kinds of identity of which each side has its own: perhaps they are two people. */
  differs: z.array(z.enum(['userId', 'email', 'phone'])),
  /** Why it can't be undone; null = it can. */
  whyNot: z.string().nullable(),
  undone: z.object({ at: z.iso.datetime().nullable(), by: z.string(), reason: z.string() }).nullable(),
});
export type MergeView = z.infer<typeof mergeView>;

export const conflictView = z.object({
  conflictId: z.string(),
  /** Whose event it was. */
  customerId: z.string(),
  customerName: z.string(),
  /** Who has the identity the event named. */
  otherId: z.string(),
  otherName: z.string(),
  identity,
  /** `other-user-id`: both are known under user ids, which differ; `taken-apart`: somebody took them apart. */
  reason: z.enum(['other-user-id', 'taken-apart']),
  messageId: z.string(),
  at: z.iso.datetime(),
});
export type ConflictView = z.infer<typeof conflictView>;

export const customerMerges = z.object({ merges: z.array(mergeView), conflicts: z.array(conflictView) });

export const conflictList = z.object({ items: z.array(conflictView) });
export const conflictQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) });

export const undoMergeRequest = z.strictObject({
  mergeId: z.string().min(1).max(64),
  /** Why, for the record: a ticket's number. Nothing personal. */
  reason: z.string().max(200).default(''),
});
export type UndoMergeRequest = z.output<typeof undoMergeRequest>;
