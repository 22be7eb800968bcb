import { z } from 'zod';
import { storableJson } from './json-value.js';

const OBJECT = { $ref: '#/components/schemas/JsonObject' };

/** Any object: what is in it is checked when it is published. */
const looseObject = z.record(z.string(), z.unknown());

/** Content as authors write it. A draft may hold mistakes: it is checked when it is published. */
const catalogueContent = z.strictObject({
  actions: storableJson.pipe(z.array(looseObject)).meta({ type: 'array', items: OBJECT }),
  policies: storableJson.pipe(looseObject).meta({ allOf: [OBJECT] }),
  segments: storableJson.pipe(z.array(looseObject)).prefault([]).meta({ type: 'array', items: OBJECT }),
});

const revisionNumber = z.number().int().min(0).max(1_000_000_000);
const draftId = z.string().min(1).max(64);
const note = z.string().max(500);
const name = z.string().min(1).max(200);

const storedContent = z.object({ actions: z.unknown(), policies: z.unknown(), segments: z.unknown() });

const revisionSummary = z.object({
  /** Counts up from 1; 0 is the empty catalogue that everything begins with. */
  revision: z.number().int(),
  author: z.string(),
  /** What to call them. */
  authorName: z.string(),
  createdAt: z.iso.datetime(),
  note: z.string(),
  /** The revision whose content it brought back; null for new content. */
  restores: z.number().int().nullable(),
});
export type RevisionSummaryView = z.infer<typeof revisionSummary>;

export const catalogueRevision = revisionSummary.extend({ content: storedContent });
export type CatalogueRevisionView = z.infer<typeof catalogueRevision>;

export const nothing = z.strictObject({});

export const revisionQuery = z.strictObject({ revision: revisionNumber });

export const revisionsQuery = z.strictObject({
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type RevisionsQuery = z.infer<typeof revisionsQuery>;
export const revisionsPage = z.object({
  items: z.array(revisionSummary),
  nextCursor: z.string().nullable(),
});

export const diffQuery = z.strictObject({ from: revisionNumber, to: revisionNumber });
export type DiffQuery = z.infer<typeof diffQuery>;

const fieldChange = z.object({
  path: z.string(),
  /** Absent where there was nothing. */
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export const catalogueChanges = z.object({
  actions: z.object({
    added: z.array(z.string()).readonly(),
    removed: z.array(z.string()).readonly(),
    changed: z.array(z.object({ actionId: z.string(), changes: z.array(fieldChange).readonly() })).readonly(),
  }),
  policies: z.array(fieldChange).readonly(),
  segments: z.array(fieldChange).readonly(),
});

export const rollBackRequest = z.strictObject({ to: revisionNumber.min(1), note: note.optional() });
export type RollBackRequest = z.infer<typeof rollBackRequest>;

export const draftQuery = z.strictObject({ draftId });
export type DraftQuery = z.infer<typeof draftQuery>;

export const newDraftRequest = z.strictObject({
  name,
  /** Without it the draft begins as the revision in force. */
  content: catalogueContent.optional(),
  /** The revision that `content` was made from, where a later one may be in force by now: the draft is outdated then. */
  basedOn: revisionNumber.optional(),
});
export type NewDraftRequest = z.infer<typeof newDraftRequest>;

export const saveDraftRequest = z.strictObject({
  draftId,
  /** The version that was read: a later one means that somebody else saved it. */
  version: z.number().int().min(1).max(1_000_000_000),
  name: name.optional(),
  content: catalogueContent.optional(),
  /** The revision in force, after looking through what changed since the draft was begun. */
  basedOn: revisionNumber.optional(),
});
export type SaveDraftRequest = z.infer<typeof saveDraftRequest>;

export const publishDraftRequest = z.strictObject({ draftId, note: note.optional() });
export type PublishDraftRequest = z.infer<typeof publishDraftRequest>;

const template = z.string().max(50_000);

export const previewRequest = z.strictObject({
  customerId: z.string().min(1).max(64),
  channel: z.string().min(1).max(64),
  /** Templates by the name of their field: `title`, `subject`, `body`, `talkTrack`. */
  texts: z.record(z.string().min(1).max(40), template),
  /** What the message would be about. */
  context: z.record(z.string().min(1).max(64), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type PreviewRequest = z.infer<typeof previewRequest>;

export const previewAnswer = z.object({
  texts: z.record(
    z.string(),
    z.object({
      /** As the customer would read it; null where there is a problem. */
      text: z.string().nullable(),
      problem: z.string().nullable(),
      /** What it asks for from outside: `customer.firstName`. */
      variables: z.array(z.string()).readonly(),
    }),
  ),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

const draftSummary = z.object({
  draftId: z.string(),
  name: z.string(),
  /** The revision it started from. */
  basedOn: z.number().int(),
  /** Counts its saves, from 1. */
  version: z.number().int(),
  author: z.string(),
  authorName: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type DraftSummaryView = z.infer<typeof draftSummary>;
export const draftList = z.object({ items: z.array(draftSummary) });
export const draftView = draftSummary.extend({ content: storedContent });
export type DraftView = z.infer<typeof draftView>;
export const discarded = z.object({ discarded: z.literal(true) });

export const draftCheck = z.object({
  problems: z.array(z.string()).readonly(),
  /** Rules that do nothing, because they name what the catalogue doesn't have. */
  warnings: z.array(z.string()).readonly(),
  /** Against the revision in force; null while there are problems. */
  changes: catalogueChanges.nullable(),
  /** True when the catalogue has moved on since the draft was begun. */
  outdated: z.boolean(),
});

export const publishedAnswer = z.object({
  /** The revision in force now. */
  revision: z.number().int(),
  /** False when the content was in force already: no revision was added. */
  isNew: z.boolean(),
  warnings: z.array(z.string()).readonly(),
});
export type PublishedAnswer = z.infer<typeof publishedAnswer>;
