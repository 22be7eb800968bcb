import { z } from 'zod';
import { storableJson } from './json-value.js';

const segmentId = z.string().min(1).max(80);
const count = z.number().int();

const condition = storableJson
  .pipe(z.record(z.string(), z.unknown()))
  .meta({ allOf: [{ $ref: '#/components/schemas/JsonObject' }] });
/** A condition as a text in YAML or JSON, or as data. */
const when = z.union([z.string().min(1).max(20_000), condition]).meta({
  anyOf: [{ type: 'string', minLength: 1, maxLength: 20_000 }, { $ref: '#/components/schemas/JsonObject' }],
});

const segmentSummary = z.object({
  segmentId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Customers in it, as of when each was looked at last. */
  size: count,
  /** By day, the earliest first; at most the last ninety. */
  trend: z.array(z.object({ day: z.string(), size: count })).readonly(),
});
export type SegmentSummaryView = z.infer<typeof segmentSummary>;
export const segmentList = z.object({
  items: z.array(segmentSummary),
  /** All customers. */
  customers: count,
});

export const segmentQuery = z.strictObject({ segmentId });
export type SegmentQuery = z.infer<typeof segmentQuery>;
export const segmentView = segmentSummary.extend({
  when: z.unknown(),
  /** Its members are named one by one, not found by a condition. */
  isList: z.boolean(),
  /** The condition as text. */
  source: z.string(),
  /** The other segments, those that share most first. */
  overlaps: z.array(z.object({ segmentId: z.string(), name: z.string(), size: count, both: count })),
});
export type SegmentDetailView = z.infer<typeof segmentView>;

export const segmentMembersQuery = z.strictObject({
  segmentId,
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type SegmentMembersQuery = z.infer<typeof segmentMembersQuery>;
const member = z.object({ customerId: z.string(), displayName: z.string() });
export const segmentMembers = z.object({ items: z.array(member), nextCursor: z.string().nullable() });
export type SegmentMembers = z.infer<typeof segmentMembers>;

export const segmentPreviewRequest = z.strictObject({ when });
export type SegmentPreviewRequest = z.infer<typeof segmentPreviewRequest>;
export const segmentPreview = z.object({
  /** Empty: it can be used. */
  problems: z.array(z.string()).readonly(),
  /** Of the customers asked, the number that fit; null while there are problems. */
  fitting: count.nullable(),
  /** All customers, or as many as there was time for. */
  asked: count,
  customers: count,
  sample: z.array(member).readonly(),
});
export type SegmentPreviewAnswer = z.infer<typeof segmentPreview>;

export const conditionFields = z.object({
  items: z.array(
    z.object({
      /** As conditions name it: `features.orders_90d`. */
      path: z.string(),
      /** What it holds, and so which operators it takes; `any` is found out when it is compared. */
      type: z.enum(['number', 'text', 'boolean', 'date', 'list', 'any']),
      /** What people call it. */
      words: z.string(),
    }),
  ),
});
export type ConditionFieldsView = z.infer<typeof conditionFields>;

export const saveSegmentRequest = z.strictObject({
  segmentId,
  name: z.string().min(1).max(120),
  description: z.string().max(1_000).default(''),
  when,
  note: z.string().max(500).optional(),
});
export type SaveSegmentRequest = z.infer<typeof saveSegmentRequest>;
export const savedSegment = z.object({
  segmentId: z.string(),
  /** The revision of the catalogue that has it. */
  revision: count,
  isNew: z.boolean(),
});
export type SavedSegment = z.infer<typeof savedSegment>;

export const changeListRequest = z.strictObject({
  segmentId,
  /** User ids, e-mail addresses, phone numbers, other ids of yours, or ids of Segue. */
  ids: z.array(z.string().min(1).max(512)).min(1).max(1_000),
  /** `add` puts them on the list, `remove` takes them off. */
  change: z.enum(['add', 'remove']).default('add'),
});
export type ChangeListRequest = z.infer<typeof changeListRequest>;
export const listChanged = z.object({
  changed: count,
  /** Were on the list already, or not on it. */
  unchanged: count,
  /** Ids that name no customer. */
  unknown: z.array(z.string()).readonly(),
});
export type ListChangedView = z.infer<typeof listChanged>;
